import { onMount, signal } from 'velox/client';

/** Counts, once it is alive. */
export default function Counter({ name, start = 0 }: { name: string; start?: number }) {
  const count = signal(start);
  const alive = signal(false);
  onMount(() => {
    alive.value = true;
  });
  return (
    <div class="counter" data-counter={name} data-alive={String(alive.value)}>
      <button aria-label={`One less for ${name}`} onClick={() => { count.value -= 1; }}>−</button>
      <output class="figure">{count}</output>
      <button class="primary" aria-label={`One more for ${name}`} onClick={() => { count.value += 1; }}>+</button>
      <span class="badge">{alive.value ? 'alive' : 'HTML'}</span>
    </div>
  );
}
