import { computed, signal } from 'velox/client';

const words = ['none', 'weak', 'fair', 'good', 'strong'] as const;

export default function Strength({ name }: { name: string }) {
  const text = signal('');
  const score = computed(() => [/.{8}/, /[A-Z]/, /\d/, /[^\w\s]/].filter((pattern) => pattern.test(text.value)).length);
  return (
    <>
      <input type="password" name={name} id={name} autoComplete="new-password" onInput={(event) => (text.value = event.currentTarget.value)} />
      <meter min={0} max={4} low={2} high={3} optimum={4} value={score.value} />
      <span aria-live="polite">{words[score.value]}</span>
    </>
  );
}
