// The example dashboard in Chromium: each example of the documents that the project began with, under its name, and what a
// visitor sees of every page. Screenshots go to `tests/.tmp/`. Expects `examples/dashboard` to be built.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dashboard, open, settled, SITE, states } from './support/dashboard.mjs';
import { temporary } from './support/paths.mjs';

const PAGES = [
  ['overview', '/', 'Overview', 'Overview'],
  ['live', '/dashboard', 'Live', 'Live'],
  ['products', '/products', 'Products', 'Products'],
  ['notes', '/posts', 'Notes', 'Notes'],
  ['comments', '/stream', 'Notes & comments', 'Comments'],
  ['islands', '/counters', 'Islands', 'Islands'],
  ['status', '/status', 'Status', 'Status'],
];

let site;

before(async () => {
  site = await open();
});

after(() => site?.close());

const counter = (page, name) => page.locator(`[data-counter="${name}"]`);
const isAlive = (page, name) => counter(page, name).getAttribute('data-alive').then((value) => value === 'true');
const comesAlive = (page, name) => page.waitForFunction((name) => document.querySelector(`[data-counter="${name}"]`)?.dataset.alive === 'true', name);

describe('pages', () => {
  for (const [name, path, heading, entry] of PAGES) {
    test(`${path} has one heading, marks its entry in the menu, and nothing fails in it`, async () => {
      await site.visit(path, async (page, { response }) => {
        assert.equal(response.status(), 200);
        await page.waitForLoadState('load');
        if (path === '/stream') await page.locator('#comments').waitFor();
        await settled(page);
        assert.deepEqual(await page.locator('h1').allInnerTexts(), [heading]);
        assert.deepEqual(await page.locator('nav [aria-current="page"]').allInnerTexts(), [entry]);
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
        assert.match(await page.title(), /Steep$/);
        for (const scheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.screenshot({ path: join(temporary, `dashboard-${name}-${scheme}.png`), fullPage: true });
        }
      });
    });

    test(`${path} fits a small screen`, async () => {
      await site.visit(path, async (page) => {
        await page.setViewportSize({ width: 360, height: 740 });
        await page.waitForLoadState('load');
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `the page is ${width} pixels wide`);
        const head = await page.locator('.side').evaluate((one) => one.clientHeight - one.firstElementChild.clientHeight);
        assert.ok(head < 60, `the menu has ${head} pixels of nothing`);
        await page.screenshot({ path: join(temporary, `dashboard-${name}-small.png`), fullPage: true });
      });
    });
  }

  test('a page that is not there says so', async () => {
    await site.visit('/nowhere', async (page, { response }) => {
      assert.equal(response.status(), 404);
      assert.equal(await page.locator('h1').innerText(), 'Nothing is brewing here');
    }, { expected: [/404/] });
  });
});

describe('the first document: data fetching', () => {
  test('Client-Side Fetching: UserDashboard, with signals and onMount', async () => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await site.visit('/dashboard', async (page, { asked }) => {
      await page.getByText('Loading...').waitFor();
      release();
      await page.locator('#user-dashboard .figure').first().waitFor();
      assert.equal(await page.locator('#user-dashboard .figure').count(), 4);
      assert.equal(await page.getByText('Loading...').count(), 0);
      assert.deepEqual(asked, ['GET /api/dashboard/stats']);
    }, { prepare: (page) => page.route('**/api/dashboard/stats', async (route) => { await held; await route.continue(); }) });
  });

  test('Client-Side Fetching: UserDashboard says what failed', async () => {
    await site.visit('/dashboard', async (page) => {
      await page.getByText('Failed to fetch stats').waitFor();
      assert.equal(await page.getByText('Loading...').count(), 0);
    }, { expected: [/500/], prepare: (page) => page.route('**/api/dashboard/stats', (route) => route.fulfill({ status: 500, body: 'no' })) });
  });

  test('Using @velox/query: ProductList, with useQuery', async () => {
    await site.visit('/products', async (page, { response }) => {
      assert.match(await response.text(), /Loading\.\.\./);
      await page.locator('#price-title').scrollIntoViewIfNeeded();
      await page.locator('#product-list').waitFor();
      assert.equal(await page.locator('#product-list li').count(), 8);
      assert.match(await page.locator('#product-list').innerText(), /Gyokuro Hokuen\s+€32\.50 \/ 100 g/);
    });
  });

  test('Streaming: the shell at once, and the slow part when it is there', async () => {
    await site.visit('/stream', async (page) => {
      const start = Date.now();
      await page.getByText('Asking the readers...').waitFor();
      assert.equal(await page.locator('h1').innerText(), 'Notes & comments');
      assert.ok(Date.now() - start < 1200, 'the shell waited for the slow part');
      assert.equal(await page.locator('#comments').count(), 0);
      await page.locator('#comments').waitFor();
      assert.equal(await page.locator('#comments li').count(), 4);
      assert.equal(await page.getByText('Asking the readers...').count(), 0);
    });
  });

  test('Request Context and Fetch Utilities: the endpoints answer', async () => {
    const headers = { host: new URL(SITE).host };
    const stats = (await site.server.get('/api/dashboard/stats', { headers })).json();
    assert.deepEqual(Object.keys(stats), ['revenue', 'orders', 'average', 'low', 'at']);
    assert.equal((await site.server.get('/api/products?q=japan', { headers })).json().length, 2);
    const refused = await site.server.get('/api/products', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{"id":1}' });
    assert.equal(refused.status, 400);
  });
});

describe('the second document: server rendering of queries', () => {
  test('Using initialData: createQuery with posts of the server block, whose time travels along', async () => {
    await site.visit('/posts', async (page, { asked, response }) => {
      const [, [key, time, ...data]] = states(await response.text());
      assert.deepEqual([key, data], [['posts', 'initial'], []]);
      assert.ok(Math.abs(time - Date.now()) < 60_000);
      await settled(page);
      await page.locator('#initial-posts').scrollIntoViewIfNeeded();
      assert.equal(await page.locator('#initial-posts li').count(), 4);
      assert.deepEqual(asked, []);
    });
  });

  test('Using prefetchQuery: a layout with QueryClientProvider around the slot, createQuery in islands below', async () => {
    await site.visit('/posts', async (page, { asked, response }) => {
      const html = await response.text();
      assert.match(html, /<ul id="post-list"/);
      assert.deepEqual(states(html)[0][0], ['posts']);
      await settled(page);
      assert.equal(await page.locator('#post-count').innerText(), '4 notes');
      assert.equal(await page.locator('#post-list li').count(), 4);
      assert.deepEqual(asked, []);
    });
  });
});

describe('islands', () => {
  test('each counter comes alive by its directive, and no earlier', async () => {
    await site.visit('/counters', async (page) => {
      for (const name of ['load', 'idle', 'only']) await comesAlive(page, name);
      await page.waitForTimeout(500);
      assert.deepEqual([await isAlive(page, 'visible'), await isAlive(page, 'media')], [false, false]);
      await page.setViewportSize({ width: 900, height: 700 });
      await comesAlive(page, 'media');
      assert.equal(await isAlive(page, 'visible'), false);
      await counter(page, 'visible').scrollIntoViewIfNeeded();
      await comesAlive(page, 'visible');
    }, { prepare: (page) => page.setViewportSize({ width: 500, height: 700 }) });
  });

  test('counters count, each for itself, from where the server began', async () => {
    await site.visit('/counters', async (page) => {
      await comesAlive(page, 'load');
      await comesAlive(page, 'only');
      for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'One more for load' }).click();
      await page.getByRole('button', { name: 'One less for only' }).click();
      assert.deepEqual(await page.locator('[data-counter="load"] output, [data-counter="only"] output').allInnerTexts(), ['6', '8']);
    });
  });

  test('without JavaScript the pages are there, and the links work', async () => {
    const context = await site.browser.context.browser().newContext({ javaScriptEnabled: false });
    try {
      await site.visit('/counters', async (page) => {
        assert.equal(await counter(page, 'load').locator('output').innerText(), '3');
        await page.getByRole('link', { name: 'Products' }).click();
        assert.equal(await page.locator('h1').innerText(), 'Products');
        assert.equal(await page.locator('#stock li').count(), 8);
      }, { context, expected: [/ csp$/] });
    } finally {
      await context.close();
    }
  });
});

describe('navigation', () => {
  test('links lead from page to page and back without a reload, and each page comes alive', async () => {
    await site.visit('/', async (page, { asked }) => {
      await settled(page);
      await page.evaluate(() => (globalThis.kept = true));
      await page.getByRole('link', { name: 'Islands', exact: true }).click();
      await page.waitForURL('**/counters');
      await comesAlive(page, 'load');
      await page.getByRole('link', { name: 'Notes', exact: true }).click();
      await page.waitForURL('**/posts');
      await settled(page);
      assert.equal(await page.locator('#post-count').innerText(), '4 notes');
      assert.match(await page.title(), /^Notes/);
      await page.goBack();
      await page.waitForURL('**/counters');
      await comesAlive(page, 'load');
      await page.getByRole('button', { name: 'One more for load' }).click();
      assert.equal(await counter(page, 'load').locator('output').innerText(), '4');
      await page.goForward();
      await page.waitForURL('**/posts');
      await page.locator('#post-list').waitFor();
      assert.equal(await page.evaluate(() => globalThis.kept), true);
      // The queries of each page came with it.
      assert.deepEqual(asked, []);
      // A page that was fetched ahead of a visit that did not come is let go.
    }, { expected: [/ERR_ABORTED/] });
  });
});

describe('what the browser loads', () => {
  test('no secret and no module of the server is in what the browser loads', () => {
    const folder = join(dashboard, '.velox/output/static/_velox');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const word of ['libsql', 'select id', 'node:', 'DATABASE_URL', 'AsyncLocalStorage', 'insert or ignore']) {
      assert.equal(scripts.includes(word), false, word);
    }
  });
});
