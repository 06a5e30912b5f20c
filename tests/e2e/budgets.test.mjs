// What pages of the examples send to the browser, gzipped: each budget of docs/islands.md, in Chromium, and that no page
// fetches too much or too late.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browserFor, EXAMPLES, gzipped, inlineScripts, reached, serveExample, weigh } from './support/weights.mjs';

const KB = 1024;
const ROUTER = 4.85 * KB;
const STREAM_SCRIPT = 600;

/** Opens an example for the tests of a suite; gives a function that weighs one of its pages. */
function examples(name) {
  let example;
  let browser;
  before(async () => {
    example = await serveExample(name);
    browser = await browserFor(example);
  });
  after(async () => {
    await browser?.close();
    await example?.close();
  });
  return async (path, use) => ({ ...(await weigh(example, browser, path, use)), example });
}

/** Every module that starts with the page is fetched ahead with all that it imports, and nothing else is. */
function fetchedAhead({ html, files, preloaded, example }) {
  const [list = '[]'] = /<script type="application\/json">(\[\d+,\d+,\d+,\d+[^<]*)</.exec(html)?.slice(1) ?? [];
  const urls = JSON.parse(list).slice(4);
  const early = [...html.matchAll(/<velox-island i="(\d+)"([^>]*)>/g)].filter(([, , rest]) => !/ on="(?:visible|media)"/.test(rest));
  const wanted = new Set(early.flatMap(([, index]) => [...reached(example, urls[index])]));
  assert.deepEqual([...preloaded].sort(), [...wanted].sort());
  assert.deepEqual(preloaded.filter((file) => !files.some((one) => one.file === file)), []);
}

/** The router comes behind everything that was fetched ahead, with low priority, and weighs what it may. */
function routerLast({ html, files, router }) {
  assert.match(html, /<script type="module" src="[^"]+" data-velox-router fetchpriority="low"><\/script>/);
  assert.ok(router > 0 && router <= ROUTER, `${router} bytes`);
  const first = files.findIndex((file) => file.router);
  assert.deepEqual(files.slice(first).filter((file) => file.preloaded && !file.router), []);
}

function within(t, { weight }, limit) {
  t.diagnostic(`${weight} bytes`);
  assert.ok(weight > 0 && weight <= limit, `${weight} bytes`);
}

describe('the example of a counter', () => {
  const weighed = examples('counter');

  test('a static page takes nothing', async () => {
    const { weight, files } = await weighed('/');
    assert.deepEqual([weight, files], [0, []]);
  });

  test('the loader of islands takes at most 1.0 KB', async () => {
    const { html } = await weighed('/counter');
    const [code] = inlineScripts(html);
    assert.ok(gzipped(code) <= KB, `${gzipped(code)} bytes`);
  });

  test('a counter page takes at most 9.5 KB', async (t) => {
    const page = await weighed('/counter', async (page) => {
      await page.getByLabel('more').click();
      await page.getByText('4', { exact: true }).waitFor();
    });
    within(t, page, 9.5 * KB);
    fetchedAhead(page);
  });
});

describe('the example of a query', () => {
  const weighed = examples('query');

  test('a query page takes at most 16 KB', async (t) => {
    const page = await weighed('/', async (page) => {
      const answer = page.waitForResponse(/\/api\/products$/);
      await page.getByRole('button', { name: 'again' }).click();
      assert.equal((await answer).status(), 200);
    });
    within(t, page, 16 * KB);
    fetchedAhead(page);
  });
});

describe('a site with many islands', () => {
  const weighed = examples('dashboard');
  const alive = (name) => (page) => page.waitForFunction((name) => document.querySelector(`[data-counter="${name}"]`)?.dataset.alive === 'true', name);

  // What islands have in common is in files of its own, so that it is fetched once on the site; that costs 0.5 KB.
  test('its page of counters takes at most 10.25 KB', async (t) => within(t, await weighed('/counters', alive('load')), 10.25 * KB));

  for (const path of ['/', '/products', '/status']) {
    test(`${path}, with useQuery, takes at most 18 KB`, async (t) => within(t, await weighed(path), 18 * KB));
  }

  test('/posts, with createQuery, which is a signal too, takes at most 20 KB', async (t) => within(t, await weighed('/posts'), 20 * KB));

  test('a page without islands takes the router alone', async () => {
    const { weight, files } = await weighed('/nowhere');
    assert.equal(weight, 0);
    assert.ok(files.every((file) => file.router));
  });

  test('a page that streams, without islands, takes the script of streams', async (t) => within(t, await weighed('/stream'), STREAM_SCRIPT));

  for (const path of EXAMPLES.dashboard) {
    test(`${path} fetches ahead what it starts with, and the router last`, async () => {
      const page = await weighed(path);
      fetchedAhead(page);
      routerLast(page);
    });
  }

  test('the router brings no component library', async () => {
    const { files, example } = await weighed('/nowhere');
    const all = files.flatMap(({ file }) => [...reached(example, file)]);
    assert.equal(all.length, files.length);
    assert.ok(files.every(({ size }) => size < ROUTER));
  });
});

describe('a site without islands', () => {
  const weighed = examples('blog');

  for (const path of EXAMPLES.blog) {
    test(`${path} takes ${path === '/stream' ? 'the script of streams' : 'nothing'}`, async (t) => {
      const page = await weighed(path);
      assert.deepEqual(page.files, []);
      if (path === '/stream') within(t, page, STREAM_SCRIPT);
      else assert.equal(page.weight, 0);
    });
  }
});
