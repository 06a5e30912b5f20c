// Every example of the two documents that Velox was made from, word for word, with the HTML that they lack: built, served with
// the blog's database, and opened in Chromium.
import assert from 'node:assert/strict';
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { blog, repository } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { freshFolder, veloxc } from './support/veloxc.mjs';

const SECRET = 'only-for-this-test';
// Stands in for https://api.example.com, which the document fetches from.
const EXAMPLE_API = `
  const inner = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    String(input?.url ?? input) === 'https://api.example.com/features'
      ? Promise.resolve(Response.json([{ name: 'Fast', description: 'as <it> gets' }, { name: 'Small', description: 'a page is HTML' }]))
      : inner(input, init);
`;

let folder;
let server;
let browser;

before(async () => {
  folder = freshFolder('documents');
  cpSync(join(blog, 'lib'), join(folder, 'lib'), { recursive: true });
  cpSync(join(repository, 'tests/e2e/fixtures/documents'), folder, { recursive: true });
  symlinkSync(join(blog, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'example-api.mjs'), EXAMPLE_API);
  const built = await veloxc(['build'], { cwd: folder, env: { NODE_OPTIONS: `--import=${join(folder, 'example-api.mjs')}` } });
  assert.equal(built.code, 0, built.printed);
  server = await startServer(folder, { REVALIDATE_SECRET: SECRET });
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Opens a path, hands the page over with the endpoints that it asked, and insists that nothing went wrong but what is expected. */
async function visit(path, look, { prepare = async () => {}, expected = [], waitUntil = 'load' } = {}) {
  const { page, troubles } = await watchedPage(browser.context);
  const asked = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  try {
    await prepare(page);
    const response = await page.goto(server.origin + path, { waitUntil });
    await look(page, { asked, response });
    assert.deepEqual(troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
  } finally {
    await page.close();
  }
}

const text = (page, selector) => page.locator(selector).innerText();
const alive = (page) => page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('velox-island[i]') === null);
const post = async (body) => {
  const response = await fetch(`${server.origin}/api/revalidate`, { method: 'POST', body: JSON.stringify(body) });
  return [response.status, await response.json()];
};

describe('data fetching', () => {
  test('Server-Side Rendering: a post of the database, its meta, and 404 for one that is not there', async () => {
    await visit('/blog/etags-the-quiet-cache', async (page) => {
      assert.equal(await text(page, 'h1'), 'ETags, the quiet cache');
      assert.match(await text(page, 'p'), /^By \S.* on 2025-05-05$/);
      assert.equal(await page.title(), 'ETags, the quiet cache');
      assert.match(await page.locator('meta[name="description"]').getAttribute('content'), /^The cheapest answer/);
    });
    await visit('/blog/nothing', async (page, { response }) => assert.equal(response.status(), 404), { expected: [/404/] });
  });

  test('Request Context: headers of the request', async () => {
    const response = await fetch(`${server.origin}/request`, { headers: { authorization: 'Bearer 7', 'user-agent': 'reader/1', cookie: 'a=1' } });
    assert.match(await response.text(), /<p>Bearer 7<\/p>\s*<p>reader\/1<\/p>\s*<p>a=1<\/p>/);
  });

  test('Static Site Generation: fetched at build time', async () => {
    await visit('/features', async (page) => {
      assert.deepEqual(await page.locator('li').allInnerTexts(), ['Fast: as <it> gets', 'Small: a page is HTML']);
    });
  });

  test('Dynamic SSG Routes: a page for each slug of the database, and no other', async () => {
    await visit('/notes/sixty-six-characters', async (page) => {
      assert.equal(await text(page, 'h1'), 'Sixty-six characters');
      assert.equal(await page.title(), 'Sixty-six characters');
    });
    await visit('/notes/nothing', async (page, { response }) => assert.equal(response.status(), 404), { expected: [/404/] });
  });

  test('Incremental Static Regeneration, and Manual Revalidation by a path', async () => {
    let made;
    await visit('/shelf', async (page) => {
      assert.ok((await page.locator('article').count()) > 3);
      made = await text(page, 'time');
    });
    await visit('/shelf', async (page) => assert.equal(await text(page, 'time'), made));
    assert.deepEqual(await post({ path: '/shelf', secret: 'wrong' }), [401, { error: 'Unauthorized' }]);
    await visit('/shelf', async (page) => assert.equal(await text(page, 'time'), made));
    assert.deepEqual(await post({ path: '/shelf', secret: SECRET }), [200, { revalidated: true }]);
    await visit('/shelf', async (page) => assert.notEqual(await text(page, 'time'), made));
  });

  test('Tag-based revalidation: all pages that used the tag', async () => {
    let made;
    await visit('/tagged', async (page) => {
      assert.match(await text(page, 'p'), /^[1-9]\d* products$/);
      made = await text(page, 'time');
    });
    assert.deepEqual(await post({ tag: 'products', secret: SECRET }), [200, { revalidated: true }]);
    await visit('/tagged', async (page) => assert.notEqual(await text(page, 'time'), made));
  });

  test('Client-Side Fetching: UserDashboard', async () => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await visit('/client', async (page) => {
      await page.locator('#user-dashboard').getByText('Loading...').waitFor();
      release();
      await page.locator('#user-dashboard').getByText(/^\d+ posts$/).waitFor();
      assert.equal(await page.locator('#user-dashboard').getByText('Loading...').count(), 0);
    }, { prepare: (page) => page.route('**/api/dashboard/stats', async (route) => { await held; await route.continue(); }) });
    await visit('/client', async (page) => {
      await page.getByText('Error: Failed to fetch stats').waitFor();
      assert.equal(await page.locator('#user-dashboard').getByText('Loading...').count(), 0);
    }, { expected: [/500/], prepare: (page) => page.route('**/api/dashboard/stats', (route) => route.fulfill({ status: 500, body: 'no' })) });
  });

  test('Using @velox/query: ProductList, loading, there, and failing with its message', async () => {
    await visit('/client', async (page, { asked, response }) => {
      assert.match(await response.text(), /<div id="list">Loading\.\.\.<\/div>/);
      await page.locator('#list li').first().waitFor();
      assert.ok((await page.locator('#list li').count()) > 3);
      assert.deepEqual(asked.filter((path) => path === '/api/products'), ['/api/products']);
    });
    let fails = true;
    await visit('/client', async (page) => {
      await page.locator('#list').getByText(/^Error: /).waitFor({ timeout: 20_000 });
      fails = false;
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.locator('#list li').first().waitFor();
    }, { expected: [/ERR_FAILED/], prepare: (page) => page.route('**/api/products', (route) => (fails ? route.abort() : route.continue())) });
  });

  test('Parallel Data Fetching', async () => {
    await visit('/parallel', async (page) => {
      assert.ok((await text(page, 'h1')).length > 3);
      assert.match(await text(page, 'p'), /^[1-9]\d* posts in [1-9]\d* categories$/);
    });
  });

  test('Streaming: the shell with its fallback, then the posts', async () => {
    await visit('/stream', async (page) => {
      await page.locator('#spinner').waitFor();
      assert.ok((await text(page, 'h1')).length > 3);
      assert.equal(await page.locator('#posts').count(), 0);
      await page.locator('#posts li').first().waitFor();
      assert.ok((await page.locator('#posts li').count()) > 5);
      assert.equal(await page.locator('#spinner').count(), 0);
    }, { waitUntil: 'commit' });
  });

  test('Fetch Utilities: relative addresses, and one request for two', async () => {
    await visit('/fetches', async (page) => {
      const [, first, second] = /^inside (\d+) (\d+)$/.exec(await text(page, 'p'));
      assert.equal(first, second);
      await page.reload();
      assert.equal(await text(page, 'p'), `inside ${Number(first) + 1} ${Number(first) + 1}`);
    });
  });
});

describe('server rendering of queries', () => {
  for (const [name, path, list] of [['Using initialData', '/initial', '#initial'], ['Using prefetchQuery', '/posts', '#prefetched']]) {
    test(`${name}: the posts are in the HTML, with the server's time, and nobody fetches them`, async () => {
      const start = Date.now();
      await visit(path, async (page, { asked, response }) => {
        assert.match(await response.text(), new RegExp(`<ol id="${list.slice(1)}"[^>]*><li>`));
        await alive(page);
        assert.ok((await page.locator(`${list} li`).count()) > 5);
        const at = Number(await page.locator(list).getAttribute('data-at'));
        assert.ok(at >= start && at <= Date.now());
        await page.waitForTimeout(5_000);
        assert.deepEqual(asked, []);
        assert.equal(Number(await page.locator(list).getAttribute('data-at')), at);
      });
    });
  }
});
