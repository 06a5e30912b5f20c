import { computed, signal } from 'velox/client';

type Tier = { upTo: number; each: number };

export default function Slider({ tiers, currency = 'EUR' }: { tiers: Tier[]; currency?: string }) {
  const seats = signal(10);
  const price = computed(() => {
    let left = seats.value;
    let total = 0;
    let from = 0;
    for (const { upTo, each } of tiers) {
      const here = Math.min(left, upTo - from);
      total += here * each;
      left -= here;
      from = upTo;
      if (left <= 0) break;
    }
    return total;
  });
  return (
    <div class="slider">
      <input type="range" min="1" max="500" value={seats} onInput={(event) => (seats.value = (event.target as HTMLInputElement).valueAsNumber)} aria-label="Seats" />
      <output>{seats} seats: {price.value.toLocaleString(undefined, { style: 'currency', currency })} a month</output>
    </div>
  );
}
