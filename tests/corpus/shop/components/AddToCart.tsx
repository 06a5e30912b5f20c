import { signal } from 'velox/client';

interface Props {
  product: number;
  max: number;
  options?: Record<string, readonly string[]>;
}

export default function AddToCart({ product, max, options = {} }: Props) {
  const quantity = signal(1);
  const state = signal<'idle' | 'busy' | 'done' | 'failed'>('idle');

  async function add(event: SubmitEvent) {
    event.preventDefault();
    state.value = 'busy';
    const answer = await fetch('/api/cart', { method: 'POST', body: new FormData(event.target as HTMLFormElement) });
    state.value = answer.ok ? 'done' : 'failed';
  }

  return (
    <form action="/api/cart" method="post" onSubmit={add} aria-busy={state.value === 'busy'}>
      <input type="hidden" name="product" value={product} />
      {Object.entries(options).map(([name, values]) => (
        <fieldset key={name}>
          <legend>{name}</legend>
          {values.map((value, index) => (
            <label key={value}>
              <input type="radio" name={name} value={value} checked={index === 0} /> {value}
            </label>
          ))}
        </fieldset>
      ))}
      <input type="number" name="quantity" min={1} max={max} value={quantity.value} onInput={(e) => (quantity.value = +(e.target as HTMLInputElement).value)} />
      <button disabled={max === 0}>{state.value === 'done' ? 'Added' : 'Add to basket'}</button>
      {state.value === 'failed' && <p role="alert">That did not work. Try once more.</p>}
    </form>
  );
}
