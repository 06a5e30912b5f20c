import { computed, signal } from 'velox/client';

export default function Range({ from, to, marks }: { from: Date; to: Date; marks: Map<string, number> }) {
  const share = signal(1);
  const end = computed(() => new Date(from.getTime() + (to.getTime() - from.getTime()) * share.value));
  const count = computed(() => [...marks].filter(([iso]) => new Date(iso) <= end.value).reduce((sum, [, n]) => sum + n, 0));
  return (
    <label>
      <input type="range" min="0" max="1" step="0.01" value={share.value} onInput={(event) => (share.value = Number((event.target as HTMLInputElement).value))} />
      {count} until <time dateTime={end.value.toISOString()}>{end.value.toLocaleDateString()}</time>
    </label>
  );
}
