// A small site that is made for the tests of `velox/client`: components with signals, pages of the browser, links.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './paths.mjs';
import { freshFolder } from './veloxc.mjs';

const FILES = {
  'package.json': '{ "name": "client-site", "private": true, "type": "module" }',
  'velox.config.ts': "import { defineConfig } from 'velox';\nexport default defineConfig({ server: { allowedHosts: ['*'] } });\n",
  'layouts/default.velox': `---
import { Link } from 'velox/client';
---
<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8" /><link rel="icon" href="data:," /></head>
  <body>
    <nav>
      <Link href="/" id="home">Home</Link>
      <Link href="/long" id="long">Long</Link>
      <Link href="/posts/tea" id="tea">Tea</Link>
      <Link href="/browser/a%20b" id="browser">Browser</Link>
      <Link href="/slow" id="slow" prefetch={false}>Slow</Link>
      <Link href="/moved" id="moved">Moved</Link>
      <Link href="/gone" id="gone" prefetch={false}>Gone</Link>
      <Link href="/file.txt" id="file" prefetch={false}>File</Link>
      <Link href="/early" id="early" prefetch="load">Early</Link>
      <Link href="/long#end" id="to-end">End</Link>
      <a href="/plain" id="plain">Plain</a>
    </nav>
    <div id="kept" data-velox-persist="kept"><input id="note" /></div>
    <slot />
  </body>
</html>
`,
  'routes/index.velox': `---
import Dashboard from '$components/Dashboard';
import Counts from '$components/Counts';
import Products from '$components/Products';
export const meta = { title: 'Home' };
---
<h1>Home</h1>
<Counts label="cups" client:load />
<Dashboard client:load />
<Products client:load />
`,
  // The seed documents, with their tags.
  'components/Dashboard.tsx': `import { signal, onMount } from 'velox/client';
export default function UserDashboard() {
  const stats = signal<{ visits: number } | null>(null);
  const error = signal<string | null>(null);
  const loading = signal(true);
  onMount(async () => {
    try {
      const res = await fetch('/api/dashboard/stats', { credentials: 'include' });
      if (!res.ok) throw new Error('Failed to fetch stats');
      stats.value = await res.json();
    } catch (e: any) {
      error.value = e.message;
    } finally {
      loading.value = false;
    }
  });
  return (
    <section id="dashboard">
      {loading.value && <p>Loading…</p>}
      {error.value && <p>Error: {error}</p>}
      {stats.value && <p>{stats.value.visits} visits</p>}
    </section>
  );
}
`,
  'components/Products.tsx': `import { useQuery } from '@velox/query';
export default function ProductList() {
  const { data, status, error } = useQuery<{ id: number; name: string }[]>({
    key: ['products'],
    fetcher: () => fetch('/api/products').then((r) => r.json()),
    staleTime: 30_000,
    refetchOnWindowFocus: true,
  });
  if (status === 'loading') return <p id="products">Loading products</p>;
  if (status === 'error') return <p id="products">Error: {(error as Error).message}</p>;
  return <ul id="products">{data!.map((p) => <li key={p.id}>{p.name}</li>)}</ul>;
}
`,
  'components/Counts.tsx': `import { computed, effect, onDestroy, onMount, onUpdate, persistedSignal, ref, signal } from 'velox/client';

let renders = 0;

function useStep(start: number) {
  const step = signal(start);
  return { step, raise: () => step.value++ };
}

function Child({ factor }: { factor: number }) {
  const base = signal(2);
  const product = computed(() => base.value * factor);
  return <output id="product">{product}</output>;
}

export default function Counts({ label }: { label: string }) {
  renders++;
  const fine = signal(0);
  const coarse = signal(0);
  const theme = persistedSignal('theme', 'light');
  const { step, raise } = useStep(1);
  const box = ref<HTMLElement>();
  const double = computed(() => fine.value * 2);
  const log = (globalThis as any).log ??= [];
  effect(() => {
    log.push('effect ' + fine.value);
    return () => log.push('end ' + fine.peek());
  });
  onMount(() => {
    log.push('mount ' + box.current?.id);
    return () => log.push('unmount');
  });
  onUpdate(() => log.push('update ' + coarse.peek()));
  onDestroy(() => log.push('destroy'));
  (globalThis as any).renders = () => renders;
  return (
    <section id="counts" ref={box}>
      <p><b id="fine">{fine}</b> <i id="double">{double}</i> <s id="coarse">{coarse.value}</s> {label}</p>
      <button id="add" onClick={() => (fine.value += step.value)}>add</button>
      <button id="raise" onClick={raise}>raise</button>
      <button id="render" onClick={() => coarse.value++}>render</button>
      <button id="dark" onClick={() => (theme.value = 'dark')}>{theme}</button>
      <Child factor={coarse.value} />
    </section>
  );
}
`,
  'routes/api/dashboard/stats+server.ts': `export const GET = () => new Promise((resolve) => setTimeout(() => resolve(Response.json({ visits: 42 })), 150));\n`,
  'routes/api/products+server.ts': `export const GET = () => Response.json([{ id: 1, name: 'Sencha' }, { id: 2, name: 'Oolong' }]);\n`,
  'routes/api/words+server.ts': `export const GET = () => new Promise((resolve) => setTimeout(() => resolve(Response.json(['one', 'two'])), 250));\n`,
  'routes/long.velox': `---
export const meta = { title: 'Long' };
---
<h1>Long</h1>
<div style="height: 3000px"></div>
<p id="end-of-page">the end</p>
<p id="end">target</p>
`,
  'routes/plain.velox': '---\nexport const meta = { title: "Plain" };\n---\n<h1>Plain</h1>\n',
  'routes/early.velox': '---\nexport const meta = { title: "Early" };\n---\n<h1>Early</h1>\n',
  'routes/moved.velox': "---\nimport { redirect } from 'velox/server';\nexport const config = { render: 'ssr' };\nthrow redirect('/posts/oolong');\n---\n<p>never</p>\n",
  'routes/slow.velox': `---
import { Suspense } from 'velox';
export const config = { render: 'ssr' };
export const meta = { title: 'Slow' };
const later = new Promise<string>((resolve) => setTimeout(resolve, 900, 'arrived'));
---
<h1>Slow</h1>
<Suspense fallback={<p id="wait">waiting</p>}><p id="late">{later}</p></Suspense>
`,
  'routes/posts/[slug].velox': `---
import Where from '$components/Where';
export const config = { render: 'ssr' };
const { slug } = params;
export const meta = { title: 'Post ' + slug };
---
<h1>Post {slug}</h1>
<style>h1 { color: rgb(1, 2, 3) }</style>
<Where client:load />
<script>
  (window as any).ran = ((window as any).ran ?? 0) + 1;
</script>
<script is:inline>window.inline = (window.inline ?? 0) + 1;</script>
`,
  'components/Where.tsx': `import { Link, onDestroy, useParams, useRouter, useSearchParams } from 'velox/client';
export default function Where() {
  const router = useRouter();
  const { slug } = useParams<{ slug: string }>();
  onDestroy(() => ((globalThis as any).ended = ((globalThis as any).ended ?? 0) + 1));
  return (
    <p id="where">
      <span>{router.path} {slug} {useSearchParams().get('q')}</span>
      <button id="push" onClick={() => router.push('/posts/green?q=1')}>push</button>
      <button id="replace" onClick={() => router.replace('/posts/black')}>replace</button>
      <button id="back" onClick={() => router.back()}>back</button>
      <button id="refresh" onClick={() => router.refresh()}>refresh</button>
      <Link href="/long" id="inner">inner</Link>
    </p>
  );
}
`,
  'routes/browser/[name].velox': `---
import { effect, onMount, signal } from 'velox/client';
import Tile from '$components/Tile.velox';
import Counts from '$components/Counts';
export const config = { render: 'csr' };
export const meta = { title: 'Browser ' + params.name, description: 'rendered there' };
const words: string[] = await fetch('/api/words').then((answer) => answer.json());
const count = signal(0);
const state = signal('new');
onMount(() => (state.value = 'mounted'));
effect(() => ((window as any).seen = count.value));
---
<h1>Browser {params.name}</h1>
<p id="state">{state}</p>
<button id="more" onClick={() => count.value++}>{count}</button>
{count.value > 1 ? <p id="many">many {words.join(' ')}</p> : <p id="few">few</p>}
<Tile word={words[0]} />
<Counts label="here" client:load />
`,
  'routes/browser/_loading.velox': '<p id="loading">one moment</p>\n',
  'components/Tile.velox': `---
const { word } = props;
const shout: string = await Promise.resolve(word.toUpperCase());
---
<b id="tile">{shout}</b>
`,
  'routes/sync.tsx': `import { computed, signal } from 'velox/client';
export const config = { render: 'csr' };
export const meta = { title: 'Sync' };
export default function Sync({ url }: { url: URL }) {
  const count = signal(1);
  const double = computed(() => count.value * 2);
  if (count.value > 2) return <p id="enough">enough</p>;
  return <button id="sync" onClick={() => count.value++}>{url.pathname} {double}</button>;
}
`,
  // Hooks of one's own, imported in every way.
  'lib/useCounter.ts': `import { computed, onMount, type Signal } from 'velox/client';
import { state } from './signals';
export function useCounter(start: number) {
  const n = state(start);
  const double = computed(() => n.value * 2);
  onMount(() => {
    const mounts: string[] = ((globalThis as any).mounts ??= []);
    mounts.push('mount ' + start);
    return () => void mounts.push('unmount ' + start);
  });
  return { n, double, add: () => n.value++ };
}
`,
  'lib/signals.ts': `export { signal as state } from 'velox/client';\nexport * as client from 'velox/client';\n`,
  'lib/use-total.ts': `import { client } from './signals';\nexport default () => client.signal(1);\n`,
  'lib/hooks.ts': `export { useCounter as counter } from './useCounter';\nexport { default as useTotal } from './use-total';\n`,
  'components/Hooked.tsx': `import { signal } from 'velox/client';
import * as hooks from '$lib/hooks';
function One({ name, start }: { name: string; start: number }) {
  const { n, double, add } = hooks.counter(start);
  const total = hooks.useTotal();
  const renders = signal(0);
  return (
    <p>
      <b id={name}>{n} {double} {total} {renders.value}</b>
      <button id={'add-' + name} onClick={add}>add</button>
      <button id={'render-' + name} onClick={() => renders.value++}>render</button>
    </p>
  );
}
export default function Hooked({ start }: { start: number }) {
  const second = signal(true);
  return (
    <section>
      <One name="one" start={start} />
      {second.value && <One name="two" start={start + 1} />}
      <button id="leave" onClick={() => (second.value = !second.value)}>leave</button>
    </section>
  );
}
`,
  'routes/hooks.velox': `---
import Hooked from '$components/Hooked';
export const config = { render: 'ssr' };
const start = Number(url.searchParams.get('start'));
await new Promise((resolve) => setTimeout(resolve, 20));
---
<h1>Hooks</h1>
<Hooked {start} client:load />
`,
  'routes/kit.velox': `---
import Kit from '$components/Kit';
---
<h1>Kit</h1>
<Kit client:load />
`,
  'components/Kit.tsx': `import { asyncSignal, batch, createContext, effect, lazy, memo, signal, untrack, useContext } from 'velox/client';
import { Head, Suspense } from 'velox';

const Theme = createContext('none');
const Heavy = lazy(() => import('./Heavy'));
const Other = lazy(() => new Promise<typeof import('./Heavy')>((resolve) => setTimeout(async () => resolve(await import('./Heavy')), 300)));
let rows = 0;
const Row = memo(({ name }: { name: string }) => {
  rows++;
  return <li>{name} {useContext(Theme)}</li>;
});

export default function Kit() {
  const id = signal(1);
  const names = signal(['a', 'b']);
  const shown = signal(false);
  const runs = signal(0);
  const tea = asyncSignal(async (abort) => (await fetch('/api/tea/' + id.value, { signal: abort })).json() as Promise<{ name: string }>);
  effect(() => {
    id.value;
    untrack(() => names.value);
    runs.value = untrack(() => runs.value) + 1;
  });
  (globalThis as any).rows = () => rows;
  return (
    <Theme.Provider value="dark">
      <Head><title>{'Kit ' + id.value}</title></Head>
      <p id="tea">{tea.status} {tea.value?.name} {tea.error ? (tea.error as Error).message : ''}</p>
      <p id="runs">{runs}</p>
      <ul id="rows">{names.value.map((name) => <Row key={name} name={name} />)}</ul>
      <Heavy text="first" />
      {shown.value && <Suspense fallback={<i id="soon">soon</i>}><Other text="second" /></Suspense>}
      <button id="next" onClick={() => batch(() => { id.value++; names.value = [...names.value, 'c' + id.value]; })}>next</button>
      <button id="again" onClick={() => tea.refetch()}>again</button>
      <button id="show" onClick={() => (shown.value = true)}>show</button>
    </Theme.Provider>
  );
}
`,
  'components/Beside.tsx': `import { lazy, onMount, signal } from 'velox/client';
import { Suspense } from 'velox';
const Late = lazy(() => new Promise<typeof import('./Heavy')>((resolve) => setTimeout(async () => resolve(await import('./Heavy')), 400)));
function Field() {
  const n = signal(0);
  onMount(() => { (globalThis as any).fields = ((globalThis as any).fields ?? 0) + 1; });
  return <p id="field" style={{ display: 'flex' }}><input id="typed" /><button id="raise" onClick={() => n.value++}>{n}</button></p>;
}
export default function Beside() {
  const shown = signal(0);
  return (
    <div id="beside">
      <Suspense fallback={<i id="soon">soon</i>}>some text<Field />{shown.value > 0 && <Late text="one" />}{shown.value > 0 && <Late text="two" />}</Suspense>
      <button id="show" onClick={() => shown.value++}>show</button>
    </div>
  );
}
`,
  'routes/beside.velox': "---\nimport Beside from '$components/Beside';\n---\n<Beside client:load />\n",
  'components/Heavy.tsx': `import { signal } from 'velox/client';
export default function Heavy({ text }: { text: string }) {
  const n = signal(0);
  return <button class="heavy" onClick={() => n.value++}>{text} {n}</button>;
}
`,
  'routes/api/tea/[id]+server.ts': `export const GET = (request: any) => request.params.id === '3' ? new Response('no', { status: 200 }) : Response.json({ name: 'tea ' + request.params.id });
`,
  'public/file.txt': 'a file',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "jsx": "preserve", "jsxImportSource": "velox" } }',
};

/** Writes the site into a fresh folder, and gives that. `more` are further files. */
export function clientSite(more = {}) {
  const folder = freshFolder('client');
  for (const [path, text] of Object.entries({ ...FILES, ...more })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(repository, 'runtime/node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}
