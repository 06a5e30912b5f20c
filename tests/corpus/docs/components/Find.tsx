import { asyncSignal, signal } from 'velox/client';

export default function Find({ version }: { version: string }) {
  const words = signal('');
  const hits = asyncSignal(async () =>
    words.value.length < 2 ? [] : ((await (await fetch(`/api/find?v=${version}&q=${encodeURIComponent(words.value)}`)).json()) as { href: string; title: string }[]),
  );
  return (
    <div role="search">
      <input type="search" aria-label={`Search ${version}`} onInput={(event) => (words.value = (event.target as HTMLInputElement).value)} />
      <ul>{(hits.value ?? []).map((hit) => <li key={hit.href}><a href={hit.href}>{hit.title}</a></li>)}</ul>
    </div>
  );
}
