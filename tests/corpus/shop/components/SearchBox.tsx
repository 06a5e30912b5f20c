import { signal, onCleanup } from 'velox/client';

export default function SearchBox({ initial = '' }: { initial?: string }) {
  const hits = signal<{ slug: string; name: string }[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const onInput = (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      hits.value = value.length < 2 ? [] : await fetch(`/api/suggest?q=${encodeURIComponent(value)}`).then((r) => r.json());
    }, 150);
  };

  return (
    <search>
      <form action="/search">
        <input type="search" name="q" value={initial} onInput={onInput} list="suggestions" aria-label="Search the shop" />
        <datalist id="suggestions">{hits.value.map((hit) => <option key={hit.slug} value={hit.name} />)}</datalist>
        <button>Search</button>
      </form>
    </search>
  );
}
