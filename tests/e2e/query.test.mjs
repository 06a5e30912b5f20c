// Queries of the example dashboard in Chromium: when they are fetched and when not, mutations, errors, kept pages.
// Expects `examples/dashboard` to be built.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { comeBack, goAhead, open, settled, states } from './support/dashboard.mjs';

let site;

before(async () => {
  site = await open();
});

after(() => site?.close());

const clock = (time) => new Date(time).toISOString().slice(11, 19);
const asOf = async (page) => /As of (\S+) UTC/.exec(await page.locator('#stock').innerText())[1];
const stock = (page, id) => page.locator(`[data-product="${id}"] output`).innerText();

test('QRY-5 a prefetched query makes no request in five seconds, and is the same on both sides', async () => {
  await site.visit('/', async (page, { asked, response }) => {
    const [[key, time, stats]] = states(await response.text());
    assert.deepEqual(key, ['stats']);
    await settled(page);
    const figures = await page.locator('#live-stats .figure').allInnerTexts();
    assert.ok(figures.includes(String(stats.orders)), figures.join());
    assert.ok(Math.abs(Date.now() - time) < 60_000);
    await page.waitForTimeout(5_000);
    assert.deepEqual(asked, []);
  });
});

test('QRY-10 coming back to the page fetches what is stale, once, and nothing that is fresh', async () => {
  await site.visit('/', async (page, { asked }) => {
    await settled(page);
    await comeBack(page);
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    await goAhead(page, 31_000);
    const before = await page.locator('[data-at]').getAttribute('data-at');
    await comeBack(page);
    await comeBack(page);
    await page.waitForFunction((before) => document.querySelector('[data-at]').dataset.at !== before, before);
    assert.deepEqual(asked, ['GET /api/dashboard/stats']);
  });
});

test('refetch asks at once, and says that it does', async () => {
  await site.visit('/', async (page, { asked }) => {
    await settled(page);
    await page.route('**/api/dashboard/stats', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('button', { name: 'Reading…' }).waitFor();
    assert.equal(await page.locator('#live-stats').getAttribute('aria-busy'), 'true');
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    assert.deepEqual(asked, ['GET /api/dashboard/stats']);
  });
});

test('QRY-6 initialData has the time at which the server had it', async () => {
  await site.visit('/products', async (page, { asked, response }) => {
    const html = await response.text();
    const [[key, time, ...data]] = states(html);
    assert.deepEqual([key, data], [['stock'], []]);
    await settled(page);
    assert.equal(await asOf(page), clock(time));
    await page.waitForTimeout(500);
    // The price list asks for itself; the stock was given.
    assert.deepEqual(asked, ['GET /api/products']);
    // The browser is ahead by less than staleTime, and takes none of that for its own.
  }, { prepare: (page) => page.addInitScript(() => { const now = Date.now; Date.now = () => now() + 20_000; }) });
});

test('QRY-6 a server whose clock is ahead of the browser gives data of now', async () => {
  await site.visit('/products', async (page) => {
    await settled(page);
    const clockOf = await asOf(page);
    const now = await page.evaluate(() => Date.now());
    assert.ok([0, 1, 2, 3, 4, 5].some((ago) => clock(now - ago * 1000) === clockOf), `${clockOf} is not ${clock(now)}`);
  }, { prepare: (page) => page.addInitScript(() => { const now = Date.now; Date.now = () => now() - 3_600_000; }) });
});

test('a mutation is shown before the server has made it, and then what the server says', async () => {
  await site.visit('/products', async (page, { asked }) => {
    await settled(page);
    await page.locator('#product-list').waitFor();
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/api/products', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    const before = Number(await stock(page, 2));
    asked.length = 0;
    await page.locator('[data-product="2"] button').click();
    await page.waitForFunction((wanted) => document.querySelector('[data-product="2"] output').textContent === wanted, String(before + 10));
    release();
    await page.waitForFunction(() => /As of/.test(document.querySelector('#stock').innerText) && !/being read again/.test(document.querySelector('#stock').innerText));
    await page.waitForTimeout(200);
    assert.deepEqual(asked, ['POST /api/products', 'GET /api/products']);
    assert.equal(Number(await stock(page, 2)), before + 10);
  });
});

test('a mutation that fails is taken back, and says so', async () => {
  await site.visit('/products', async (page) => {
    await settled(page);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/api/products', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await held;
      await route.fulfill({ status: 500, body: 'no' });
    });
    const before = Number(await stock(page, 3));
    await page.locator('[data-product="3"] button').click();
    await page.waitForFunction((wanted) => document.querySelector('[data-product="3"] output').textContent === wanted, String(before + 10));
    release();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /^The delivery was refused/);
    await page.waitForFunction((wanted) => document.querySelector('[data-product="3"] output').textContent === wanted, String(before));
  }, { expected: [/500/] });
});

test('a query that fails says so after its retries, and tries again when it is asked to', async () => {
  let down = true;
  const tries = [];
  await site.visit('/products', async (page) => {
    await page.locator('#price-title').scrollIntoViewIfNeeded();
    await page.getByText('Loading...').first().waitFor();
    await page.getByRole('button', { name: 'Retry' }).waitFor({ timeout: 15_000 });
    assert.equal(tries.length, 4);
    down = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.locator('#product-list').waitFor();
    assert.equal(await page.locator('#product-list li').count(), 8);
  }, {
    expected: [/Failed to load|failed:|ERR_FAILED/],
    prepare: (page) => page.route('**/api/products', (route) => {
      if (!down) return route.continue();
      tries.push(route.request().url());
      return route.abort();
    }),
  });
});

test('QRY-9 a kept page refreshes itself once it is older than staleTime', async () => {
  await site.visit('/status', async (page, { asked, response }) => {
    const html = await response.text();
    const [[, time]] = states(html);
    await settled(page);
    const made = Number(await page.locator('#made').getAttribute('data-at'));
    assert.ok(Math.abs(made - time) < 5_000, 'the time of the data is the time of the rendering');
    await page.waitForFunction((time) => Number(document.querySelector('#status-line').dataset.updated) > time, time);
    assert.deepEqual(asked, ['GET /api/dashboard/stats']);
  });
});

test('QRY-2 two visitors at once get pages of their own, and one page has one client', async () => {
  const pages = await Promise.all(['/posts', '/', '/posts', '/'].map((path) => site.server.get(path, { headers: { host: 'localhost:3700' } })));
  for (const [at, { text }] of pages.entries()) {
    // The entry without a key is the time of the page.
    const keys = states(text).flatMap(([key]) => (key === null ? [] : [key.join()]));
    assert.deepEqual(keys, at % 2 === 0 ? ['posts', 'posts,initial'] : ['stats']);
  }
});

test('X5 a query that a layout has prefetched is there for every island, without a prop and without a request', async () => {
  await site.visit('/posts', async (page, { asked }) => {
    await settled(page);
    await page.locator('#initial-posts').scrollIntoViewIfNeeded();
    assert.equal(await page.locator('#post-list li').count(), 4);
    assert.equal(await page.locator('#post-count').innerText(), '4 notes');
    await page.waitForTimeout(5_000);
    assert.deepEqual(asked, []);
  });
});

test('without JavaScript the page shows what the server knew', async () => {
  const context = await site.browser.context.browser()?.newContext({ javaScriptEnabled: false });
  if (context === undefined) {
    const { text } = await site.server.get('/posts', { headers: { host: 'localhost:3700' } });
    assert.equal(text.match(/<li class="card">/g)?.length, 4);
    return;
  }
  await site.visit('/posts', async (page) => {
    assert.equal(await page.locator('#post-list li').count(), 4);
    // What the page preloads is refused, as its scripts are.
  }, { context, expected: [/ csp$/] });
  await context.close();
});
