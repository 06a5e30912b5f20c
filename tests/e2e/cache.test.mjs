// `veloxc cache` beside a server that runs: what it lists, and that the server hears of what it ends. Expects `examples/blog`
// to be built.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { blog } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { veloxc } from './support/veloxc.mjs';

const folder = mkdtempSync(join(tmpdir(), 'velox-e2e-kept-'));
let server;

before(async () => {
  server = await startServer(blog, { VELOX_CACHE_FOLDER: folder });
});

after(() => server?.stop());

const cache = (...args) => veloxc(['--root', blog, 'cache', ...args], { cwd: blog, env: { VELOX_CACHE_FOLDER: folder } });

/** How the server answers for a page, until it does so in this way. */
async function answers(path, wanted) {
  for (let i = 0; i < 50; i++) {
    const state = (await server.get(path)).headers['x-velox-cache'];
    if (state === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${path} was never answered with ${wanted}`);
}

test('lists kept pages and data, and counts them', async () => {
  assert.match((await cache('ls')).stdout, /^Nothing is kept\.$/m);
  await server.get('/cache/line-gauge');
  await server.get('/products');
  const listed = await cache('ls', '/cache', '--json');
  const entries = listed.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(
    entries.map(({ path, status, state, revalidate, tags }) => [path, status, state, revalidate, tags]),
    [['/cache/line-gauge', 200, 'fresh', 10, ['products']]],
  );
  const all = (await cache('ls')).stdout;
  assert.match(all, /^\/products {2}200 {2}fresh, \d+ s old of 3600 s, [\d.]+ KiB$/m);
  assert.match(all, /^\(data\) {2}200 {2}fresh.*tags "products"$/m);
  assert.match((await cache('stats')).stdout, /^files: 2 pages, 2 of data, [\d.]+ KiB; \d+ invalidated tags remembered$/m);
});

test('what it ends, the server makes again: by path, by tag, by pattern, and all', async () => {
  for (const [words, path] of [
    [['rm', '/products'], '/products'],
    [['rm', '--tag', 'products'], '/cache/line-gauge'],
    [['rm', '--page', '/products'], '/products'],
    [['rm', '--layout', '/cache'], '/cache/line-gauge'],
    [['rm', '--all'], '/products'],
  ]) {
    await answers(path, 'HIT');
    const { code, stderr } = await cache(...words);
    assert.equal(code, 0, stderr);
    await answers(path, 'MISS');
  }
});

test('what cannot be done is one line, and status 2', async () => {
  for (const [words, message] of [
    [['rm', 'products'], /^error: "products" is no path of this site: it begins with a slash$/m],
    [['rm', '--page', '/none'], /^error: "\/none": no route has this pattern$/m],
    [['rm', '--tag', ''], /^error: a cache tag must have 1 to 256 bytes/m],
    [['rm'], /Usage: veloxc cache rm/],
  ]) {
    const { code, stderr, stdout } = await cache(...words);
    assert.equal(code, 2, words.join(' '));
    assert.match(stderr + stdout, message);
  }
  const none = await veloxc(['--root', tmpdir(), 'cache', 'ls'], { cwd: blog });
  assert.equal(none.code, 2);
});
