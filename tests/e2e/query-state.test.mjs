// The state of queries in Chromium: values that JSON lacks, state that comes with a streamed part, and what a page with one
// query weighs. Builds its own small projects.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { repository } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { freshFolder, veloxc } from './support/veloxc.mjs';

const folders = [];
let browser;

async function serve(name) {
  const folder = freshFolder(`query-${name}`);
  folders.push(folder);
  cpSync(join(repository, 'tests/e2e/fixtures/query', name), folder, { recursive: true });
  const env = { VELOX_ESBUILD: join(repository, 'runtime/node_modules/esbuild') };
  const { code, printed } = await veloxc(['build'], { cwd: folder, env });
  assert.equal(code, 0, printed);
  return startServer(folder);
}

let one;
let state;

before(async () => {
  one = await serve('one');
  state = await serve('state');
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await one?.stop();
  await state?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, hands it over with the paths that it asked for, and insists that nothing went wrong. */
async function visit(server, path, look, prepare = async () => {}) {
  const { page, troubles } = await watchedPage(browser.context);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  try {
    await prepare(page);
    const response = await page.goto(server.origin + path, { waitUntil: 'commit' });
    await look(page, { asked, response });
    assert.deepEqual(troubles.filter((trouble) => !/favicon|: 404|404 \(|404: .*\/nothing$/.test(trouble)), []);
  } finally {
    await page.close();
  }
}

const alive = (page) => page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('velox-island[i]') === null);
/** Remembers each text that an element has had. */
const remember = (id) => (page) => page.addInitScript((id) => {
  globalThis.texts = [];
  new MutationObserver(() => {
    const text = document.getElementById(id)?.textContent;
    if (text && globalThis.texts.at(-1) !== text) globalThis.texts.push(text);
  }).observe(document, { childList: true, subtree: true, characterData: true });
}, id);

const WANTED = 'true 1970-01-01T00:00:00.007Z a,b </script><!--';

test('dates, sets and hostile text arrive as they were, before the first island looks', async () => {
  await visit(state, '/', async (page, { asked }) => {
    await alive(page);
    assert.equal(await page.locator('#shell').innerText(), WANTED);
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => globalThis.texts), [WANTED]);
    assert.equal(asked.includes('/api/asked'), false);
  }, remember('shell'));
});

test('the queries of a streamed part come with it, and its islands find them', async () => {
  await visit(state, '/stream', async (page, { asked }) => {
    await page.getByText('Waiting...').waitFor();
    await page.locator('#later').waitFor();
    await alive(page);
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => globalThis.texts), [WANTED]);
    assert.equal(asked.includes('/api/asked'), false);
  }, remember('later'));
});

/** The page's clock is ahead of the server's, or the page lay somewhere for so long. */
const ahead = (milliseconds) => (page) => page.addInitScript((milliseconds) => {
  const now = Date.now;
  Date.now = () => now() + milliseconds;
}, milliseconds);

test("QRY-6 initialData has the server's time in islands of each directive", async () => {
  const names = ['only', 'load', 'idle', 'visible', 'media'];
  const start = Date.now();
  await visit(state, '/given', async (page, { asked }) => {
    await alive(page);
    await page.waitForFunction((names) => names.every((name) => document.getElementById(`${name}-stale`)?.textContent === 'fetched'), names);
    for (const name of names) {
      const shown = await page.locator(`#${name}`).evaluate((element) => [element.textContent, Number(element.dataset.at)]);
      assert.equal(shown[0], 'given', name);
      assert.ok(shown[1] >= start && shown[1] <= Date.now(), `${name} is of ${new Date(shown[1]).toISOString()}`);
    }
    // Each of the stale ones once, and none of the others.
    assert.equal(asked.filter((path) => path === '/api/given').length, names.length);
  }, ahead(40_000));
});

test('QRY-6 what comes later than its page is as old as the page', async () => {
  await visit(state, '/tab', async (page, { asked }) => {
    await alive(page);
    await page.locator('#just-now').waitFor();
    const rendered = Number(await page.locator('#just-now').getAttribute('data-at'));
    await page.waitForTimeout(300);
    assert.deepEqual(asked.filter((path) => path.startsWith('/api/')), []);
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    await page.route('**/api/given?tab', async (route) => {
      await held;
      await route.continue();
    });
    await page.click('#open');
    assert.equal(Number(await page.locator('#tab').getAttribute('data-at')), rendered);
    answer();
    await page.waitForFunction(() => document.getElementById('tab').textContent === 'fetched');
  });
});

const says = (page, id, wanted) =>
  page.waitForFunction(([id, wanted]) => document.querySelector(`#${id} b`)?.innerText.trim() === wanted, [id, wanted], { timeout: 10_000 });
const requests = (page, of) => {
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/count') && asked.push(new URL(request.url()).searchParams.get('name')));
  return () => asked.filter((name) => of === undefined || name === of);
};

test('QRY-1 QRY-3 QRY-8 the server asks for nothing by itself, a failure is unknown, and equal keys are one query', async () => {
  const html = await (await fetch(state.origin + '/rules')).text();
  const shown = (id) => new RegExp(`id="${id}"[^>]*><b>([^<]*)</b>`).exec(html)[1].trim();
  assert.deepEqual(['unknown', 'fails', 'same', 'other', 'later'].map(shown), ['loading', 'loading', 'success prefetched', 'loading', 'loading']);
  assert.doesNotMatch(html, /secret/);
  await visit(state, '/rules', async (page) => {
    const asked = requests(page);
    // Nobody has asked before the browser does.
    await says(page, 'unknown', 'success call 1');
    await says(page, 'fails', 'success call 1');
    await says(page, 'other', 'success call 1');
    await page.waitForFunction(() => /^error\b.+/.test(document.querySelector('#broken b').innerText));
    await alive(page);
    await page.waitForTimeout(300);
    await says(page, 'same', 'success prefetched');
    await says(page, 'later', 'loading');
    assert.deepEqual(asked().sort(), ['fails', 'other', 'unknown']);
    // One that is not enabled is fetched when it is asked for.
    await page.click('#later button');
    await says(page, 'later', 'success call 1');
    assert.ok(Math.abs(Number(await page.locator('#later').getAttribute('data-at')) - Date.now()) < 10_000);
    assert.equal(await page.locator('#later').getAttribute('data-fetching'), 'false');
  });
});

test('QRY-10 coming back fetches what is stale once, however many show it, and leaving fetches nothing', async () => {
  await visit(state, '/focus', async (page) => {
    const asked = requests(page);
    await alive(page);
    const turn = (to) => page.evaluate((to) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => to });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, to);
    await turn('hidden');
    await turn('visible');
    await page.waitForTimeout(300);
    assert.deepEqual(asked(), []);
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
    await turn('hidden');
    await page.waitForTimeout(300);
    assert.deepEqual(asked(), []);
    await turn('visible');
    await says(page, 'first', 'success call 1');
    await says(page, 'second', 'success call 1');
    await turn('visible');
    await page.waitForTimeout(300);
    assert.deepEqual(asked(), ['two']);
    await says(page, 'still', 'success prefetched');
  });
});

test('QRY-7 what a later part of the page brings takes no place of newer data', async () => {
  await visit(state, '/race', async (page) => {
    const asked = requests(page);
    await says(page, 'early', 'success call 1');
    assert.equal(await page.locator('#late').count(), 0);
    await page.locator('#late').waitFor();
    await alive(page);
    await says(page, 'late', 'success call 1');
    await says(page, 'early', 'success call 1');
    assert.deepEqual(asked(), ['race']);
  });
});

test('a page whose islands show no query says nothing of its time', async () => {
  const html = async (path) => (await fetch(state.origin + path)).text();
  assert.doesNotMatch(await html('/plain'), /data-velox-query/);
  assert.match(await html('/tab'), /<script type="application\/json" data-velox-query="0">\[\[null,\d+\]\]<\/script>/);
});

test('a page with one query takes 20 KB of JavaScript at most, the loader included', async (context) => {
  await visit(one, '/', async (page, { asked, response }) => {
    await alive(page);
    await page.waitForTimeout(300);
    assert.deepEqual(await page.locator('li').allInnerTexts(), ['Sencha', 'Assam']);
    const inline = [...(await response.text()).matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text);
    const paths = [...new Set(asked.filter((path) => path.endsWith('.js')))];
    const files = await Promise.all(paths.map(async (path) => (await one.get(path)).text));
    const bytes = [...inline, ...files].reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
    context.diagnostic(`${bytes} bytes, gzipped`);
    assert.ok(paths.length > 0 && bytes <= 20 * 1024, `${bytes} bytes`);
    assert.equal(asked.includes('/api/teas'), false);
  });
});
