// The example blog over HTTP: every kind of page, and requests that are not nice. Expects `examples/blog` to be built.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { blog } from './support/paths.mjs';
import { startServer } from './support/server.mjs';

const SITE = 'http://localhost:3700'; // as velox.config.ts has it
const SECRET = 'a-secret-of-this-test';
let server;

before(async () => {
  server = await startServer(blog, { REVALIDATE_SECRET: SECRET });
});

after(() => server?.stop());

const get = (path, options) => server.get(path, options);

/** The text of the first match, or a failure that shows the page. */
function found(html, pattern) {
  const match = pattern.exec(html);
  assert.ok(match, `${pattern} is not in:\n${html}`);
  return match[1] ?? match[0];
}

async function page(path, status = 200, options) {
  const response = await get(path, options);
  assert.equal(response.status, status, `${path}: ${response.text.slice(0, 400)}`);
  assert.match(response.headers['content-type'], /^text\/html;\s*charset=utf-8$/i);
  assert.match(response.text, /^<!doctype html>/i);
  assert.match(response.text, /<\/html>\s*$/);
  return response;
}

describe('static pages', () => {
  test('the front page holds the featured posts and no executable script', async () => {
    const { text } = await page('/');
    assert.equal(text.match(/<article\b/g)?.length, 3);
    assert.match(text, /An index is a promise about order/);
    assert.doesNotMatch(text, /<script\b/i);
    assert.equal(text.match(/<title\b/g)?.length, 1);
    assert.equal(found(text, /<title>(.*?)<\/title>/), 'Velox Blog');
    assert.match(text, /<meta name="description" content="Notes on databases, HTML and type,/);
  });

  test('the page fills the sidebar of the layout, and the layout fills it where the page does not', async () => {
    const front = await page('/');
    assert.match(front.text, /id="side-q"/);
    assert.doesNotMatch(front.text, /Who we are/);
    assert.doesNotMatch(front.text, /velox:slot|<slot/);
    const features = await page('/features');
    assert.match(features.text, /Who we are/);
  });

  test('a static page is answered from its ETag', async () => {
    const first = await page('/features');
    const etag = first.headers.etag;
    assert.match(etag, /^"[^"]+"$/);
    const second = await get('/features', { headers: { 'if-none-match': etag } });
    assert.equal(second.status, 304);
    assert.equal(second.text, '');
    assert.equal(second.headers.etag, etag);
    const other = await get('/features', { headers: { 'if-none-match': '"another"' } });
    assert.equal(other.status, 200);
    const malformed = await get('/features', { headers: { 'if-none-match': 'garbage' } });
    assert.equal(malformed.status, 200);
  });

  test('the features came from an endpoint of the site at build time', async () => {
    const { text } = await page('/features');
    const features = (await get('/api/features')).json();
    assert.equal(features.length, 6);
    for (const { name } of features) assert.ok(text.includes(`>${name}</strong>`), name);
  });

  test('a dynamic static page exists for what `paths` gave, and for nothing else', async () => {
    assert.match((await page('/tags/sql')).text, /<h1[^>]*>SQL<\/h1>/);
    assert.equal((await page('/tags/css')).text.match(/<article\b/g)?.length, 2);
    await page('/tags/none', 404);
    await page('/tags/SQL', 404);
  });

  test('an optional parameter has a page with it and one without', async () => {
    assert.match((await page('/archive')).text, /Page 1 of 3/);
    assert.match((await page('/archive/2')).text, /Page 2 of 3/);
    assert.match((await page('/archive/3')).text, /Page 3 of 3/);
    await page('/archive/4', 404);
    await page('/archive/1', 404);
  });

  test('what <Head> collected stands in the head, and its JSON is JSON', async () => {
    const { text } = await page('/about');
    const head = found(text, /<head>([\s\S]*?)<\/head>/);
    assert.match(head, /<link rel="canonical" href="http:\/\/localhost:3700\/about"/);
    assert.match(head, /<meta property="og:title" content="About Velox Blog"/);
    const data = JSON.parse(found(head, /<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/));
    assert.equal(data['@type'], 'Blog');
    assert.deepEqual(
      data.author.map(({ name }) => name),
      ['Mara Lindqvist', 'Tomás Okafor', 'Ines Achterberg'],
    );
  });
});

describe('pages made on request', () => {
  test('a post has its text, its meta and what a reader wrote, escaped', async () => {
    const { text, headers } = await page('/blog/escape-where-you-print');
    assert.match(text, /<h1[^>]*>Escape where you print, not where you read<\/h1>/);
    assert.match(text, /<h2>A value has no language<\/h2>/);
    assert.match(text, /My mother sends her regards: &lt;script&gt;alert\(/);
    assert.match(text, /Bobby &lt;b&gt;Tables&lt;\/b&gt;/);
    assert.doesNotMatch(text, /<script/i);
    assert.equal(found(text, /<title>(.*?)<\/title>/), 'Escape where you print, not where you read · Velox Blog');
    assert.match(text, /<link rel="canonical" href="http:\/\/localhost:3700\/blog\/escape-where-you-print"/);
    assert.match(text, /<meta property="og:type" content="article"/);
    assert.match(text, /<meta property="og:site_name" content="Velox Blog"/);
    assert.match(headers['cache-control'], /private/);
    assert.match(headers['cache-control'], /no-store/);
  });

  test('the nested layout stands between the outer one and the page, on its routes alone', async () => {
    const inside = (await page('/blog/stale-is-a-feature')).text;
    assert.ok(inside.indexOf('aria-label="Main"') < inside.indexOf('aria-label="Sections"'));
    assert.ok(inside.indexOf('aria-label="Sections"') < inside.indexOf('<h1'));
    assert.doesNotMatch((await page('/archive')).text, /aria-label="Sections"/);
  });

  test('a post that does not exist is the error page with 404', async () => {
    const { text } = await page('/blog/no-such-post', 404);
    assert.match(text, /This page is not here/);
    assert.match(text, /<meta name="robots" content="noindex"/);
    assert.match(text, /aria-label="Main"/);
  });

  test('so is an address that no route has', async () => {
    assert.match((await page('/no/such/page', 404)).text, /This page is not here/);
    await page('/blog/a/b/c', 404);
    await page('/blog/__proto__', 404);
    await page('/constructor', 404);
  });

  test('a search finds, and says so', async () => {
    const { text } = await page('/blog?q=index');
    assert.match(text, /Posts about “index”/);
    assert.match(text, /3 posts/);
    assert.match((await page('/blog')).text, /10 posts/);
    assert.match((await page('/blog?category=typography')).text, /2 posts/);
  });

  test('what was searched for is printed as text, in each place', async () => {
    const words = `<script>alert(1)</script>"'&`;
    const { text } = await page(`/blog?q=${encodeURIComponent(words)}`);
    assert.doesNotMatch(text, /<script/i);
    assert.match(text, /Posts about “&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
    assert.match(found(text, /<input id="q"[^>]*>/), /value="&lt;script(?:>|&gt;)alert\(1\)&lt;\/script(?:>|&gt;)&quot;/);
    assert.match(found(text, /<title>(.*?)<\/title>/), /&lt;script/);
    assert.match(text, /Nothing matches/);
  });

  test('a visitor’s percent sign is no wildcard, and a quote ends no statement', async () => {
    assert.match((await page('/blog?q=%25zzz')).text, /0 posts/);
    assert.match((await page(`/blog?q=${encodeURIComponent(`' or 1=1 --`)}`)).text, /Nothing matches/);
    await page(`/blog/${encodeURIComponent(`' or '1'='1`)}`, 404);
  });

  test('the request reaches the page: cookies and headers', async () => {
    const plain = await page('/account');
    assert.match(plain.text, /Mara Lindqvist/);
    const { text } = await page('/account', 200, {
      headers: { cookie: 'author=3; other=<x>', 'user-agent': 'Tester <b>1</b>' },
    });
    assert.match(text, /Ines Achterberg/);
    assert.match(text, /Tester &lt;b&gt;1&lt;\/b&gt;/);
    assert.doesNotMatch(text, /<b>1<\/b>/);
  });

  test('slow data follows its page, or stands in its place for readers that run no script', async () => {
    const { text } = await page('/stream');
    assert.match(text, /What readers say/);
    assert.match(text, /role="status"[^]*<\/main>[^]*<template data-v="[^]*telephone book finally/);
    const inPlace = await page('/stream', 200, { headers: { 'user-agent': 'Googlebot/2.1' } });
    assert.match(inPlace.text, /telephone book finally[^]*<\/main>/);
    assert.doesNotMatch(inPlace.text, /role="status"|<template/);
  });

  test('two visitors at the same time do not see each other', async () => {
    const authors = ['1', '2', '3'];
    const names = ['Mara Lindqvist', 'Tomás Okafor', 'Ines Achterberg'];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => get('/account', { headers: { cookie: `author=${authors[i % 3]}` } })),
    );
    answers.forEach(({ text }, i) => assert.match(text, new RegExp(`<h1[^>]*>[^<]*${names[i % 3]}`)));
  });
});

describe('the product list', () => {
  test('is made at build time and served from there', async () => {
    const first = await page('/products');
    assert.equal(first.text.match(/class="panel/g)?.length, 9); // eight products and the sidebar
    assert.match(first.text, /€28\.00/);
    assert.match(first.text, /Sold out/);
    assert.doesNotMatch(first.headers['cache-control'] ?? '', /max-age=[1-9]/);
    assert.equal((await page('/products')).text, first.text);
  });

  test('can be made again by those who know the secret', async () => {
    const ask = (body) =>
      get('/api/revalidate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    assert.equal((await ask({ path: '/products', secret: 'wrong' })).status, 401);
    assert.equal((await ask({ path: '/products' })).status, 401);
    const right = await ask({ path: '/products', secret: SECRET });
    assert.equal(right.status, 200);
    assert.deepEqual(right.json(), { revalidated: true });
    assert.match((await page('/products')).text, /€28\.00/);
  });

  test('a page at its first request is kept, and made again by path and by tag', async () => {
    const times = async () => {
      const { text, headers } = await page('/cache/line-gauge');
      const [made, asked] = ['made', 'asked'].map((id) => found(text, new RegExp(`id="${id}" datetime="([^"]+)"`)));
      return { made, asked, cache: headers['x-velox-cache'] };
    };
    const ask = (body) =>
      get('/api/revalidate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, secret: SECRET }),
      });
    const first = await times();
    assert.equal(first.cache, 'MISS');
    assert.deepEqual(await times(), { ...first, cache: 'HIT' });
    await ask({ path: '/cache/line-gauge' });
    const byPath = await times();
    assert.ok(byPath.cache === 'MISS' && byPath.made > first.made);
    await ask({ tag: 'products' });
    const byTag = await times();
    assert.ok(byTag.cache === 'MISS' && byTag.made > byPath.made && byTag.asked > first.asked);
    await page('/cache/nothing', 404);
  });

  test('nobody knows a secret that is not set', async () => {
    const closed = await startServer(blog, { REVALIDATE_SECRET: '' });
    try {
      for (const secret of ['', undefined, null]) {
        const answer = await closed.get('/api/revalidate', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ path: '/products', secret }),
        });
        assert.equal(answer.status, 401);
      }
    } finally {
      await closed.stop();
    }
  });
});

describe('endpoints', () => {
  test('answer with JSON', async () => {
    const health = await get('/api/health');
    assert.equal(health.status, 200);
    assert.match(health.headers['content-type'], /^application\/json/);
    assert.deepEqual(health.json(), { status: 'ok', posts: 10 });
  });

  test('read the query', async () => {
    const { posts, total } = (await get('/api/posts?tag=sql&limit=2')).json();
    assert.equal(total, 3);
    assert.deepEqual(
      posts.map(({ slug }) => slug),
      ['an-index-is-a-promise-about-order', 'transactions-are-about-failure'],
    );
    assert.equal((await get('/api/posts')).json().posts.length, 10);
    for (const limit of ['0', '-1', 'ten', '1.5', '1e9']) {
      const bad = await get(`/api/posts?limit=${limit}`);
      assert.equal(bad.status, 400, limit);
      assert.match(bad.headers['content-type'], /^application\/json/);
    }
  });

  test('a form posts, sets a cookie and sends the visitor back', async () => {
    const post = (origin, body) =>
      get('/api/author', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
        body,
      });
    const answer = await post(SITE, 'author=2');
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/account');
    const [cookie] = answer.headers['set-cookie'];
    assert.match(cookie, /^author=2;/);
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Lax/i);
    const { text } = await page('/account', 200, { headers: { cookie: cookie.split(';')[0] } });
    assert.match(text, /Tomás Okafor/);
    assert.equal((await post(SITE, 'author=9')).status, 400);
    assert.equal((await post('http://evil.example', 'author=2')).status, 403);
  });

  test('a method that is not handled is 405 and names those that are', async () => {
    const posted = await get('/api/health', { method: 'POST', body: '{}' });
    assert.equal(posted.status, 405);
    assert.deepEqual(posted.headers.allow.split(/,\s*/).sort().filter((name) => name !== 'OPTIONS'), ['GET', 'HEAD']);
    assert.equal((await get('/api/revalidate')).status, 405);
    const onPage = await get('/about', { method: 'POST', body: 'x' });
    assert.equal(onPage.status, 405);
    assert.match(onPage.headers.allow, /GET/);
    assert.equal((await get('/blog/stale-is-a-feature', { method: 'DELETE' })).status, 405);
  });
});

describe('around the pages', () => {
  test('HEAD has the status and headers of GET and no body', async () => {
    for (const path of ['/', '/blog', '/blog/nothing-here', '/api/health', '/favicon.svg']) {
      const [head, whole] = [await get(path, { method: 'HEAD' }), await get(path)];
      assert.equal(head.status, whole.status, path);
      assert.equal(head.headers['content-type'], whole.headers['content-type'], path);
      assert.equal(head.text, '', path);
    }
  });

  test('an old address redirects for good, to this site only', async () => {
    const old = await get('/old-blog/stale-is-a-feature');
    assert.equal(old.status, 301);
    assert.equal(old.headers.location, '/blog/stale-is-a-feature');
    const odd = await get('/old-blog/a%3Fb%20c');
    assert.equal(odd.headers.location, '/blog/a%3Fb%20c');
  });

  test('a trailing slash is redirected once, never off the site', async () => {
    const slash = await get('/about/');
    assert.equal(slash.status, 308);
    assert.equal(slash.headers.location, '/about');
    for (const path of ['//evil.example/', '/%5cevil.example/', '///evil.example', '/%09/evil.example/']) {
      const { status, headers } = await get(path);
      const location = headers.location ?? '/';
      assert.equal(new URL(location, server.origin).origin, server.origin, `${path} -> ${status} ${location}`);
    }
  });

  test('a path is decoded once', async () => {
    assert.match((await page('/%61bout')).text, /<h1[^>]*>About<\/h1>/);
    await page('/%2561bout', 404);
    await page('/%2561dmin', 404);
    assert.equal((await get('/blog/%2573tale-is-a-feature')).status, 404);
  });

  test('a path that is no text is 400, and the server lives', async () => {
    for (const path of ['/%E0%A4%A', '/blog/%E0%A4%A', '/a/%00', '/api/..%2fadmin', '/a/%5c..%5cb', '/%ff']) {
      assert.equal((await get(path)).status, 400, path);
    }
    assert.equal((await get('/api/health')).status, 200);
  });

  test('nothing but the site’s own files is served', async () => {
    for (const path of [
      '/server.js',
      '/manifest.json',
      '/routes/index.velox',
      '/lib/db.ts',
      '/package.json',
      '/../package.json',
      '/static/../../package.json',
      '/.env',
    ]) {
      const { status, text } = await get(path);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
      assert.doesNotMatch(text, /"dependencies"|createClient/);
    }
  });

  test('hashed files are kept for ever, and a missing one is not', async () => {
    const { text } = await page('/');
    const styles = [...text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    assert.ok(styles.length > 0, 'the page links no style sheet');
    for (const href of styles) {
      const sheet = await get(href);
      assert.equal(sheet.status, 200, href);
      assert.match(sheet.headers['content-type'], /^text\/css/);
      assert.match(sheet.headers['cache-control'], /immutable/);
      assert.match(sheet.headers['cache-control'], /max-age=31536000/);
    }
    const missing = await get(styles[0].replace(/\.css$/, '0.css'));
    assert.equal(missing.status, 404);
    assert.doesNotMatch(missing.headers['cache-control'] ?? '', /immutable|max-age=[1-9]/);
  });

  test('public files have their type and are not kept for ever', async () => {
    const icon = await get('/favicon.svg');
    assert.equal(icon.status, 200);
    assert.match(icon.headers['content-type'], /^image\/svg\+xml/);
    assert.doesNotMatch(icon.headers['cache-control'] ?? '', /immutable/);
    const robots = await get('/robots.txt');
    assert.match(robots.headers['content-type'], /^text\/plain/);
    assert.match(robots.text, /Disallow: \/account/);
  });

  test('the middleware gives each answer an id of its own and its time', async () => {
    const answers = [await get('/blog'), await get('/blog'), await get('/api/health'), await get('/no-such-page')];
    const ids = answers.map(({ headers }) => headers['x-request-id']);
    for (const id of ids) assert.match(id ?? '', /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    assert.equal(new Set(ids).size, ids.length);
    for (const { headers } of answers) assert.match(headers['server-timing'], /^app;dur=\d+(\.\d+)?$/);
  });

  test('internal headers from outside change nothing', async () => {
    const { status, text } = await get('/account', {
      headers: { 'x-middleware-subrequest': 'middleware', 'x-velox-path': '/blog', 'x-forwarded-host': 'evil.example' },
    });
    assert.equal(status, 200);
    assert.doesNotMatch(text, /evil\.example/);
  });
});

test('the server said nothing on standard error, and ends in order', async () => {
  const other = await startServer(blog);
  await other.get('/');
  await other.get('/blog/none');
  assert.equal(await other.stop(), 0);
  assert.equal(other.log.stderr, '');
  assert.equal(server.log.stderr, '', 'the server of the other tests');
});
