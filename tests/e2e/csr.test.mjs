// Pages of the browser in their layouts, streamed content that says something of the head, and navigation between all of these, in
// Chromium. The site is made on the fly; its policy lets nothing through but what carries the response's nonce.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchedPage } from './support/chromium.mjs';
import { clientSite } from './support/client-site.mjs';
import { servedSite } from './support/served-site.mjs';

const NONCE_ALONE = "script-src 'none'; object-src 'none'; base-uri 'self'";

const FILES = {
  'velox.config.ts': `import { defineConfig } from 'velox';
export default defineConfig({ app: { csp: ${JSON.stringify(NONCE_ALONE)} }, server: { allowedHosts: ['*'] } });
`,
  'layouts/framed.velox': `---
import { Link } from 'velox/client';
const agent = request.headers.get('user-agent');
---
<!DOCTYPE html>
<html lang="en" data-agent={agent === null ? 'none' : 'some'}>
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="data:," />
    <slot name="head"><meta name="from" content="layout" /></slot>
  </head>
  <body>
    <nav>
      <Link href="/framed" id="start" prefetch={false}>Start</Link>
      <Link href="/framed/fine" id="fine" prefetch={false}>Fine</Link>
      <Link href="/framed/broken?at=block" id="broken" prefetch={false}>Broken</Link>
      <Link href="/framed/streamed" id="streamed" prefetch={false}>Streamed</Link>
    </nav>
    <aside><slot name="aside"><i id="nobody">nobody</i></slot></aside>
    <table><tbody><slot name="rows"><tr><td>none</td></tr></slot></tbody></table>
    <main><slot /></main>
  </body>
</html>
`,
  'routes/framed/index.velox': "---\nexport const layout = 'framed';\nexport const meta = { title: 'Start' };\n---\n<h1>Start</h1>\n",
  'routes/framed/fine.velox': `---
import { createContext, onDestroy, signal } from 'velox/client';
import Tea from '$components/Tea';
import { Kind } from '$components/Kind';
export const layout = 'framed';
export const config = { render: 'csr' };
export const meta = { title: 'Fine', description: 'of the browser' };
const teas: string[] = await Promise.resolve(['Sencha', 'Assam']);
const count = signal(0);
onDestroy(() => ((window as any).destroyed = ((window as any).destroyed ?? 0) + 1));
---
<velox:slot name="aside"><b id="count" onClick={() => count.value++}>{count}</b> <Tea name="aside" /></velox:slot>
<velox:slot name="head"><meta name="from" content="page" /></velox:slot>
{count.value < 2 && <velox:slot name="rows">{teas.map((tea) => <tr><td>{tea}</td></tr>)}</velox:slot>}
<h1>Fine</h1>
<button id="more" onClick={() => count.value++}>more</button>
`,
  'components/Kind.tsx': "import { createContext } from 'velox/client';\nexport const Kind = createContext('no kind');\n",
  'components/Tea.tsx': "import { useContext } from 'velox/client';\nimport { Kind } from './Kind';\nexport default function Tea({ name }: { name: string }) {\n  return <em id={'tea-' + name}>{useContext(Kind)}</em>;\n}\n",
  'routes/framed/broken.velox': `---
import { signal } from 'velox/client';
import Later from '$components/Later';
export const layout = 'framed';
export const config = { render: 'csr' };
export const meta = { title: 'Broken', description: 'of the browser' };
const at = url.searchParams.get('at');
if (at === 'block') throw new Error('the block fails');
if (at === 'data') await fetch('/nowhere').then((answer) => { if (!answer.ok) throw new Error('the data fails'); });
const clicked = signal(false);
const text = (): string => { if (at === 'template') throw new Error('the template fails'); return 'fine'; };
---
<velox:slot name="aside"><p id="filled">filled</p></velox:slot>
<h1>Broken</h1>
<p>{text()}</p>
<p>{at === 'promise' ? Promise.reject(new Error('the promise fails')) : ''}</p>
<button id="click" onClick={() => (clicked.value = true)}>click</button>
{clicked.value && <Later />}
`,
  'components/Later.tsx': "export default function Later(): never {\n  throw new Error('the component fails');\n}\n",
  'routes/framed/_error.velox': `---
import Again from '$components/Again';
import { Head } from 'velox';
export const meta = { title: 'Sorry', robots: 'noindex' };
---
<Head><meta name="description" content="an error" /></Head>
<h1 id="error">{props.status} {props.error.message}</h1>
<Again client:load />
<style>h1 { color: rgb(9, 8, 7) }</style>
`,
  'components/Again.tsx': `import { signal, useRouter } from 'velox/client';
export default function Again() {
  const times = signal(0);
  const router = useRouter();
  return <p><button id="again" onClick={() => times.value++}>{times}</button> <button id="retry" onClick={() => router.refresh()}>retry</button></p>;
}
`,
  'routes/alone.velox': `---
export const layout = false;
export const config = { render: 'csr' };
if (!url.search) throw new Error('nobody says anything');
---
<p>fine</p>
`,
  'routes/framed/streamed.velox': `---
import { Head, Suspense } from 'velox';
import Titled from '$components/Titled.velox';
export const layout = 'framed';
export const config = { render: 'ssr' };
export const meta = { title: 'Streamed', description: 'early' };
const wait = (ms: number, text: string) => new Promise<string>((resolve) => setTimeout(resolve, ms, text));
const [first, second] = [wait(300, 'first'), wait(150, 'second')];
---
<h1>Streamed</h1>
<Suspense fallback="..."><Titled text={first} /></Suspense>
<Suspense fallback="..."><p id="second">{second}</p><Head><meta name="description" content={second.then((text) => text + ' <late>')} /></Head></Suspense>
<svg><Suspense><circle r="1" class={second} /><Head><link rel="canonical" href="/streamed" /></Head></Suspense></svg>
`,
  'components/Titled.velox': `---
import { Head } from 'velox';
const text = await props.text;
---
<Head><title>Late {text} & more</title><meta name="description" content="never" /></Head>
<p id="first">{text}</p>
`,
  'routes/framed/n/[n].velox': `---
import { Suspense } from 'velox';
import Counts from '$components/Counts';
export const layout = 'framed';
export const config = { render: 'ssr' };
const later = new Promise<string>((resolve) => setTimeout(resolve, 60, 'number ' + params.n));
---
<h1>{params.n}</h1>
<Suspense fallback="..."><p id="late">{later}</p></Suspense>
<Counts label="cups" client:visible />
<Counts label="cups" client:media="(max-width: 10px)" />
`,
  'routes/framed/hidden.velox': `---
import { Suspense } from 'velox';
import Fold from '$components/Fold';
import Again from '$components/Again';
export const layout = 'framed';
export const config = { render: 'ssr' };
const at = Number(url.searchParams.get('ms'));
const later = new Promise<string>((resolve) => setTimeout(resolve, at, 'arrived'));
---
<h1>Hidden</h1>
<Fold client:load><Suspense fallback={<p id="wait">waiting</p>}><p id="late">{later}</p><Again client:load /></Suspense></Fold>
`,
  'components/Fold.tsx': `import { signal } from 'velox/client';
export default function Fold({ children }: { children?: unknown }) {
  const open = signal(false);
  return <section><button id="fold" onClick={() => (open.value = !open.value)}>fold</button>{open.value && <div id="inside">{children as never}</div>}</section>;
}
`,
};

const site = servedSite(() => clientSite(FILES));

/** Opens a path, hands the page over, and insists that nothing went wrong but what is expected. */
async function visit(path, look, { expected = [], waitUntil = 'load' } = {}) {
  const { page, troubles } = await watchedPage(site.browser.context);
  try {
    await page.goto(site.server.origin + path, { waitUntil });
    await page.evaluate(() => (window.mark = true));
    await look(page, troubles);
    assert.deepEqual(troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
  } finally {
    await page.close();
  }
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const text = async (page, selector) => (await page.locator(selector).innerText()).trim();
const content = (page, name) => page.locator(`meta[name=${name}]`).evaluateAll((all) => all.map((one) => one.content));
const stayed = (page) => page.evaluate(() => window.mark === true);

test('a page of the browser fills slots of its layouts, and what it fills lives', async () => {
  await visit('/framed/fine', async (page) => {
    await heading(page, 'Fine');
    assert.equal(await text(page, 'aside'), '0 no kind');
    assert.equal(await page.locator('#nobody').count(), 0);
    assert.deepEqual(await page.locator('table td').allInnerTexts(), ['Sencha', 'Assam']);
    assert.deepEqual(await content(page, 'from'), ['page']);
    await page.click('#count');
    assert.equal(await text(page, '#count'), '1');
    // What is filled no longer is what the layout has.
    await page.click('#more');
    await page.locator('table td', { hasText: 'none' }).waitFor();
    assert.deepEqual(await page.locator('table td').allInnerTexts(), ['none']);
    assert.equal(await text(page, '#count'), '2');
  });
});

test('slots of layouts are those of the page that is shown', async () => {
  await visit('/framed', async (page) => {
    const here = async () => [await page.title(), await text(page, 'aside'), ...(await page.locator('table td').allInnerTexts()), ...(await content(page, 'from')), ...(await content(page, 'description'))];
    const start = ['Start', 'nobody', 'none', 'layout'];
    assert.deepEqual(await here(), start);
    for (let time = 1; time <= 2; time++) {
      await page.click('#fine');
      await heading(page, 'Fine');
      assert.deepEqual(await here(), ['Fine', '0 no kind', 'Sencha', 'Assam', 'page', 'of the browser']);
      await page.click('#start');
      await heading(page, 'Start');
      assert.deepEqual(await here(), start);
      // A page that is left ends.
      assert.equal(await page.evaluate(() => window.destroyed), time);
    }
    assert.ok(await stayed(page));
  });
});

for (const [at, message] of [['block', 'the block fails'], ['data', 'the data fails'], ['template', 'the template fails'], ['promise', 'the promise fails'], ['click', 'the component fails']]) {
  test(`a page of the browser that fails shows the error page in its place (${at})`, async () => {
    await visit(`/framed/broken?at=${at}`, async (page, troubles) => {
      if (at === 'click') {
        await heading(page, 'Broken');
        assert.equal(await page.title(), 'Broken');
        await page.click('#click');
      }
      await page.locator('#error').waitFor();
      assert.equal(await text(page, '#error'), '500 Internal Server Error');
      assert.equal(await page.locator('#error').evaluate((element) => getComputedStyle(element).color), 'rgb(9, 8, 7)');
      assert.ok(troubles.some((trouble) => trouble.includes(message)), troubles.join());
      assert.equal(await page.getByRole('heading', { name: 'Broken' }).count(), 0);
      assert.deepEqual([await page.title(), await content(page, 'robots'), await content(page, 'description')], ['Sorry', ['noindex'], ['an error']]);
      // Its layouts stand, with what is theirs in their slots.
      assert.equal(await text(page, 'aside'), 'nobody');
      await page.click('#again');
      assert.equal(await text(page, '#again'), '1');
      await page.click('#fine');
      await heading(page, 'Fine');
      assert.deepEqual([await page.title(), await content(page, 'robots'), await content(page, 'description')], ['Fine', [], ['of the browser']]);
      await page.goBack();
      if (at === 'click') await heading(page, 'Broken');
      else await page.locator('#error').waitFor();
      assert.ok(await stayed(page));
    }, { expected: [new RegExp(message), /404/] });
  });
}

test('what was wrong is tried again, and a page that handles its errors is left alone', async () => {
  const expected = [/the data fails/, /404/];
  await visit('/framed', async (page) => {
    await page.evaluate(() => (document.querySelector('#broken').href = '/framed/broken?at=data'));
    let broken = true;
    await page.route('**/nowhere', (route) => route.fulfill({ status: broken ? 404 : 200, body: 'x' }));
    await page.click('#broken');
    await page.locator('#error').waitFor();
    broken = false;
    await page.click('#retry');
    await heading(page, 'Broken');
    assert.equal(await page.title(), 'Broken');
    assert.deepEqual(await content(page, 'robots'), []);
    await page.click('#start');
    await heading(page, 'Start');
    await page.evaluate(() => document.addEventListener('velox:page-error', (event) => { window.told = event.detail.message; event.preventDefault(); }));
    broken = true;
    await page.evaluate(() => (document.querySelector('#broken').href = '/framed/broken?at=data'));
    await page.click('#broken');
    await page.waitForFunction(() => window.told === 'the data fails');
    assert.equal(await page.locator('#error').count(), 0);
    assert.ok(await stayed(page));
  }, { expected });
});

test('without an error page it says what a server says', async () => {
  await visit('/alone', async (page) => {
    await heading(page, '500 Internal Server Error');
    assert.equal(await page.title(), '500 Internal Server Error');
  }, { expected: [/nobody says anything/, /favicon|404/] });
});

/** What the head says once everything is there: of layers and places as in a page that is sent whole. */
const STREAMED = ['Late first & more', ['second <late>'], ['/streamed']];
const said = async (page) => [await page.title(), await content(page, 'description'), await page.locator('link[rel=canonical]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))];

test('content that comes late changes title and tags, and navigation takes them away', async () => {
  await visit('/framed/streamed', async (page) => {
    assert.deepEqual(await said(page), STREAMED);
    assert.deepEqual([await text(page, '#first'), await text(page, '#second')], ['first', 'second']);
    assert.equal(await page.locator('velox-head').count(), 0);
    await page.click('#start');
    await heading(page, 'Start');
    assert.deepEqual(await said(page), ['Start', [], []]);
  });
  await visit('/framed', async (page) => {
    await page.click('#streamed');
    await page.locator('#first').waitFor();
    assert.deepEqual(await said(page), STREAMED);
    // Fetched early it comes in the order of the document.
    await page.click('#start');
    await heading(page, 'Start');
    await page.evaluate(() => (document.querySelector('#streamed').dataset.veloxPrefetch = 'hover'));
    const whole = page.waitForResponse(/streamed/).then((response) => response.finished());
    await page.hover('#streamed');
    await whole;
    await page.click('#streamed');
    await heading(page, 'Streamed');
    assert.deepEqual(await said(page), STREAMED);
    assert.ok(await stayed(page));
  });
});

test('whoever reads in order finds them at the end of the page', async () => {
  const { text: page } = await site.server.get('/framed/streamed', { headers: { 'user-agent': 'Googlebot' } });
  assert.match(page, /<velox-head>.*<title>Late first & more<\/title>.*<\/velox-head><script nonce="[^"]+">.*<\/script><\/body>/);
  assert.equal(page.split('customElements.get("velox-head")').length, 2);
  const plain = (await site.server.get('/framed/n/1', { headers: { 'user-agent': 'Googlebot' } })).text;
  assert.doesNotMatch(plain, /velox-head/);
});

test('every module carries the nonce where nothing else is let through', async () => {
  const response = await site.server.get('/framed/fine');
  const policy = response.headers['content-security-policy'];
  const [, nonce] = /^script-src 'nonce-([^']+)';/.exec(policy);
  for (const [tag] of response.text.matchAll(/<script(?![^>]*json)[^>]*>|<link rel="modulepreload"[^>]*>/g)) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
  assert.match(response.text, /data-velox-router/);
});

test('what an island does not show is there when it does, whenever it comes', async () => {
  for (const ms of [150, 1200]) {
    await visit(`/framed/hidden?ms=${ms}`, async (page) => {
      await page.locator('velox-island:not([i]) #fold').waitFor();
      if (ms === 150) {
        // All of it has come: nothing was shown meanwhile.
        await page.waitForFunction(() => document.readyState === 'complete');
        assert.equal(await page.locator('#late').count(), 0);
        await page.click('#fold');
      } else {
        await page.click('#fold');
        await page.locator('#wait').waitFor();
      }
      await page.locator('#late', { hasText: 'arrived' }).waitFor();
      assert.equal(await page.locator('#wait').count(), 0);
      await page.locator('velox-island:not([i]) #again').click();
      assert.equal(await text(page, '#again'), '1');
      // It is kept with all that lives in it.
      await page.click('#fold');
      assert.equal(await page.locator('#late').count(), 0);
      await page.click('#fold');
      assert.equal(await text(page, '#late'), 'arrived');
      await page.click('#again');
      assert.equal(await text(page, '#again'), '2');
    }, { waitUntil: 'commit' });
  }
});

test('nothing grows from page to page', async () => {
  const { page } = await watchedPage(site.browser.context);
  try {
    await page.goto(site.server.origin + '/framed');
    const cdp = await site.browser.context.newCDPSession(page);
    await cdp.send('HeapProfiler.enable');
    const count = async (kind) => {
      const { result } = await cdp.send('Runtime.evaluate', { expression: `${kind}.prototype` });
      const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId });
      const { result: { value } } = await cdp.send('Runtime.callFunctionOn', { objectId: objects.objectId, functionDeclaration: 'function() { return this.length }', returnByValue: true });
      await cdp.send('Runtime.releaseObject', { objectId: objects.objectId });
      return value;
    };
    const measure = async () => {
      // What the last pages had is let go of a moment later.
      for (let time = 0; time < 4; time++) {
        await page.waitForTimeout(100);
        await cdp.send('HeapProfiler.collectGarbage');
      }
      const { nodes, documents, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
      return { nodes, documents, jsEventListeners, mutation: await count('MutationObserver'), intersection: await count('IntersectionObserver'), media: await count('MediaQueryList') };
    };
    const go = async (path) => {
      await page.evaluate((path) => Object.assign(document.querySelector('#start'), { href: path }).click(), path);
      const [, n] = /(\d+)$/.exec(path);
      await page.locator('#late', { hasText: `number ${n}` }).waitFor();
    };
    for (let n = 1; n <= 5; n++) await go(`/framed/n/${n}`);
    const first = await measure();
    for (let n = 6; n <= 55; n++) await go(`/framed/n/${n}`);
    const last = await measure();
    // The last two pages, of some 110 nodes and 5 listeners, may still be there.
    const more = { nodes: 250, jsEventListeners: 15 };
    for (const [name, value] of Object.entries(last)) assert.ok(value <= first[name] + (more[name] ?? 2), `${name}: ${first[name]}, then ${value}`);
  } finally {
    await page.close();
  }
});
