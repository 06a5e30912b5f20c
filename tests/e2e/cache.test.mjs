// `veloxc cache` beside a server that runs, on files and on Redis: what it lists, and that the server hears of what it ends. And
// that the site stays up while Redis is slow, away or empty. Expects `examples/blog` to be built.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { blog } from './support/paths.mjs';
import { startRedis, withoutRedis } from './support/redis.mjs';
import { startServer } from './support/server.mjs';
import { veloxc } from './support/veloxc.mjs';

const SECRET = 'a-secret-of-this-test';
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** How the server answers for a page, until it does so in this way. */
async function answers(server, path, wanted) {
  for (let i = 0; i < 100; i++) {
    const { status, headers } = await server.get(path);
    assert.equal(status, 200);
    if (headers['x-velox-cache'] === wanted) return;
    await later(50);
  }
  assert.fail(`${path} was never answered with ${wanted}`);
}

for (const [kind, skip] of [
  ['files', false],
  ['redis', withoutRedis()],
]) {
  describe(`veloxc cache on ${kind}`, { skip }, () => {
    let redis;
    let server;
    let env;
    const cache = (...args) => veloxc(['--root', blog, 'cache', ...args], { cwd: blog, env });

    before(async () => {
      redis = kind === 'redis' ? await startRedis() : undefined;
      const folder = mkdtempSync(join(tmpdir(), 'velox-e2e-kept-'));
      env = { VELOX_CACHE_FOLDER: folder, ...(redis === undefined ? {} : { VELOX_CACHE_URL: redis.url }) };
      server = await startServer(blog, env);
    });

    after(async () => {
      await server?.stop();
      await redis?.stop();
    });

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
      const counted = new RegExp(`^${kind}: 2 pages, 2 of data, [\\d.]+ KiB; \\d+ invalidated tags? remembered$`, 'm');
      assert.match((await cache('stats')).stdout, counted);
      const { pages, data, kind: found } = JSON.parse((await cache('stats', '--json')).stdout);
      assert.deepEqual([found, pages, data], [kind, 2, 2]);
    });

    test('what it ends, the server makes again: by path, by tag, by pattern, and all', async () => {
      for (const [words, path] of [
        [['rm', '/products'], '/products'],
        [['rm', '--tag', 'products'], '/cache/line-gauge'],
        [['rm', '--page', '/products'], '/products'],
        [['rm', '--layout', '/cache'], '/cache/line-gauge'],
        [['rm', '--all'], '/products'],
      ]) {
        await answers(server, path, 'HIT');
        const { code, stderr } = await cache(...words);
        assert.equal(code, 0, stderr);
        await answers(server, path, 'MISS');
      }
      await answers(server, '/products', 'HIT');
      assert.equal((await cache('rm', '--swr', '/products')).code, 0);
      await answers(server, '/products', 'STALE');
      assert.match((await cache('rm', '--all')).stdout, /^[1-9]\d* entr(y|ies) removed\.$/m);
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

    test('a store that is not there is one line, without the password', { skip: kind !== 'redis' }, async () => {
      const away = { ...env, VELOX_CACHE_URL: 'redis://:hidden@127.0.0.1:1' };
      for (const words of [['ls'], ['stats'], ['rm', '--all']]) {
        const { code, stderr, stdout } = await veloxc(['--root', blog, 'cache', ...words], { cwd: blog, env: away });
        assert.equal(code, 2, stdout);
        assert.match(stderr, /^error: the cache \(redis\) cannot be reached$/m);
        assert.doesNotMatch(stderr + stdout, /hidden/);
      }
    });
  });
}

describe('the site while Redis is slow, away or empty', { skip: withoutRedis() }, () => {
  let redis;
  let servers;
  const pages = ['/products', '/cache/line-gauge', '/', '/features'];
  const revalidate = (server) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ path: '/products', secret: SECRET });
    return server.get('/api/revalidate', { method: 'POST', headers, body });
  };

  before(async () => {
    redis = await startRedis();
    const env = { VELOX_CACHE_URL: redis.url, REVALIDATE_SECRET: SECRET };
    servers = [await startServer(blog, env), await startServer(blog, env)];
  });

  after(async () => {
    for (const server of servers ?? []) await server.stop();
    await redis?.stop();
  });

  /** Every page of every server, for a while; gives the longest answer in milliseconds. */
  async function asked(rounds) {
    let longest = 0;
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) {
        for (const path of pages) {
          const began = performance.now();
          assert.equal((await server.get(path)).status, 200, path);
          longest = Math.max(longest, performance.now() - began);
        }
      }
    }
    return longest;
  }

  test('what one server makes and revalidates, the other one has', async () => {
    await answers(servers[0], '/products', 'HIT');
    await answers(servers[1], '/products', 'HIT');
    assert.equal((await revalidate(servers[0])).status, 200);
    await later(1000);
    assert.equal((await servers[1].get('/products')).headers['x-velox-cache'], 'MISS');
    assert.equal((await servers[0].get('/products')).headers['x-velox-cache'], 'HIT');
  });

  test('slow: all pages answer, and a revalidation says that it failed', async () => {
    await asked(1);
    redis.signal('SIGSTOP');
    const longest = await asked(10);
    assert.ok(longest < 3000, `${longest} ms`);
    assert.ok((await revalidate(servers[0])).status >= 500);
    redis.signal('SIGCONT');
    for (let i = 0; i < 100 && (await revalidate(servers[0])).status !== 200; i++) await later(100);
    await asked(1);
  });

  test('away and back without anything: all pages answer, and both servers work together again', async () => {
    await redis.stop();
    await asked(10);
    assert.ok((await revalidate(servers[0])).status >= 500);
    await redis.restart();
    let status = 0;
    for (let i = 0; i < 100 && status !== 200; i++) {
      await asked(1);
      ({ status } = await revalidate(servers[0]));
      await later(100);
    }
    assert.equal(status, 200);
    await later(1000);
    await answers(servers[1], '/products', 'HIT');
    assert.equal((await revalidate(servers[0])).status, 200);
    await answers(servers[1], '/products', 'MISS');
  });
});
