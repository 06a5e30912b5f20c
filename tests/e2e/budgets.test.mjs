// What pages of the examples send to the browser, gzipped: each budget of docs/islands.md, in Chromium.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { repository } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { copyProject, veloxc } from './support/veloxc.mjs';

/** Folder and server of each example. */
const built = {};
let browser;

before(async () => {
  for (const name of ['counter', 'query']) {
    const folder = copyProject(join(repository, 'examples', name), name);
    built[name] = { folder };
    const { code, printed } = await veloxc(['build'], { cwd: folder });
    assert.equal(code, 0, printed);
    built[name].server = await startServer(folder);
  }
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  for (const { folder, server } of Object.values(built)) {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

const gzipped = (text) => gzipSync(text, { level: 9 }).length;
const inlineScripts = async (example, path) =>
  [...(await built[example].server.get(path)).text.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code]) => code);

/** The JavaScript of a page, files and inline scripts, until all of its islands are alive and one has been used. */
async function weight(example, path, use) {
  const { folder, server } = built[example];
  const { page, troubles } = await watchedPage(browser.context);
  const files = new Set();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) files.add(pathname);
  });
  try {
    await page.goto(server.origin + path);
    await page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('velox-island[i]') === null);
    await use?.(page);
    assert.deepEqual(troubles.filter((trouble) => !/favicon|404/.test(trouble)), []);
  } finally {
    await page.close();
  }
  const texts = [...files].map((file) => readFileSync(join(folder, '.velox/output/static', file)));
  return [...texts, ...(await inlineScripts(example, path))].reduce((sum, text) => sum + gzipped(text), 0);
}

test('the loader of islands takes at most 1.0 KB', async () => {
  const [code] = await inlineScripts('counter', '/counter');
  assert.ok(gzipped(code) <= 1024, `${gzipped(code)} bytes`);
});

test('a static page takes nothing', async () => {
  assert.equal(await weight('counter', '/'), 0);
});

test('a counter page takes at most 9.5 KB', async (t) => {
  const size = await weight('counter', '/counter', async (page) => {
    await page.getByLabel('more').click();
    await page.getByText('4', { exact: true }).waitFor();
  });
  t.diagnostic(`${size} bytes`);
  assert.ok(size > 0 && size <= 9.5 * 1024, `${size} bytes`);
});

test('a query page takes at most 20 KB', async (t) => {
  const size = await weight('query', '/', async (page) => {
    const answer = page.waitForResponse(/\/api\/products$/);
    await page.getByRole('button', { name: 'again' }).click();
    assert.equal((await answer).status(), 200);
  });
  t.diagnostic(`${size} bytes`);
  assert.ok(size > 0 && size <= 20 * 1024, `${size} bytes`);
});
