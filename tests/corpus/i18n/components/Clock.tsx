import { onCleanup, signal } from 'velox/client';

export default function Clock({ zone, locale, now }: { zone: string; locale: string; now: Date }) {
  const time = signal(now);
  const timer = setInterval(() => (time.value = new Date()), 1000);
  onCleanup(() => clearInterval(timer));
  const text = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: zone }).format(time.value);
  return <time dateTime={time.value.toISOString()}>{text}</time>;
}
