// Paths that people type, URLs with params filled in, and the tree of the routes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Branch, group } from '../src/grouping.ts';
import { address, fill, mistakeIn, paramsOf } from '../src/patterns.ts';
import type { Route } from '../src/routes.ts';
import { hasParams, mistakeInPath, newRoute } from '../src/skeletons.ts';

const none = () => false;

test('a path becomes a file, in either spelling', () => {
  const table: [typed: string, file: string][] = [
    ['/', 'index.velox'],
    ['', 'index.velox'],
    ['/about', 'about.velox'],
    ['about/', 'about/index.velox'],
    ['/blog/:slug', 'blog/[slug].velox'],
    ['routes/blog/[slug].velox', 'blog/[slug].velox'],
    ['src\\routes\\blog\\[slug]', 'blog/[slug].velox'],
    ['/archive/:page?', 'archive/[[page]].velox'],
    ['/archive/[[page]]', 'archive/[[page]].velox'],
    ['/docs/:path+', 'docs/[...path].velox'],
    ['/docs/[...path]', 'docs/[...path].velox'],
    ['/:path*', '[[...path]].velox'],
    ['/[[...path]]', '[[...path]].velox'],
    ['/(shop)/cart', '(shop)/cart.velox'],
    ['/index', 'index.velox'],
  ];
  for (const [typed, file] of table) {
    assert.equal(mistakeInPath(typed), undefined, typed);
    assert.equal(newRoute(typed, 'page', none).file, file, typed);
  }
  assert.equal(newRoute('/blog', 'page', (path) => path === 'blog').file, 'blog/index.velox');
  assert.equal(newRoute('/api/users/:id', 'endpoint', none).file, 'api/users/[id]+server.ts');
  assert.equal(newRoute('/api/users', 'endpoint', () => true).file, 'api/users+server.ts');
});

test('a path that cannot be one is told in words', () => {
  const table: [typed: string, said: RegExp][] = [
    ['/:1', /JavaScript identifier/],
    ['/[a-b]', /JavaScript identifier/],
    ['/:', /JavaScript identifier/],
    ['/:a/x/[a]', /two params are called `a`/],
    ['/../etc', /below the folder/],
    ['/a[b]', /cannot be a segment/],
    ['/a?b', /cannot be a segment/],
    ['/_parts/x', /no routes/],
  ];
  for (const [typed, said] of table) assert.match(mistakeInPath(typed) ?? '', said, typed);
});

test('what a file begins with', () => {
  assert.equal(newRoute('/about-us', 'page', none).text, "---\nexport const meta = { title: 'About us' };\n---\n<h1>{meta.title}</h1>\n");
  assert.equal(
    newRoute('/blog/:slug', 'page', none).text,
    "---\nconst { slug } = params;\n\nexport const meta = { title: 'Blog' };\n---\n<h1>{meta.title}</h1>\n<p>{slug}</p>\n",
  );
  const docs = newRoute('/docs/:path+', 'static', none).text;
  assert.match(docs, /render: 'ssg'/);
  assert.match(docs, /paths = \(\) => \[\{ path: \['first'\] \}\]/);
  assert.doesNotMatch(newRoute('/', 'static', none).text, /paths/);
  assert.match(newRoute('/api/:id', 'endpoint', none).text, /GET = defineHandler\(\(\{ params \}\) => \{\n {2}const \{ id \} = params;/);
  assert.equal(hasParams('/a/:b'), true);
  assert.equal(hasParams('/a/b'), false);
});

test('a pattern is filled in', () => {
  const filled = (pattern: string, values: Record<string, string>) => fill(pattern, new Map(Object.entries(values)));
  assert.equal(filled('/', {}), '/');
  assert.equal(filled('/blog/:slug', { slug: 'a b/c?' }), '/blog/a%20b%2Fc%3F');
  assert.equal(filled('/blog/:page?', {}), '/blog');
  assert.equal(filled('/docs/:path+', { path: 'a/b é' }), '/docs/a/b%20%C3%A9');
  assert.equal(filled('/:path*', { path: '' }), '/');
  assert.deepEqual(paramsOf('/a/:b/:c?/:d+/:e*').map(({ name, optional, rest }) => [name, optional, rest]), [
    ['b', false, false],
    ['c', true, false],
    ['d', false, true],
    ['e', true, true],
  ]);
  const [slug, page] = paramsOf('/:slug/:page?');
  assert.ok(slug && page);
  assert.match(mistakeIn('', slug) ?? '', /needs a value/);
  assert.match(mistakeIn('a/b', slug) ?? '', /one segment/);
  assert.equal(mistakeIn('', page), undefined);
});

test('an address is put together, and no other scheme is opened', () => {
  assert.equal(address('http://localhost:3700', '/a'), 'http://localhost:3700/a');
  assert.equal(address('http://localhost:3700/base/', '/a'), 'http://localhost:3700/base/a');
  assert.throws(() => address('file:///etc', '/a'), /no http address/);
  assert.throws(() => address('localhost', '/a'));
});

function route(pattern: string, mode?: string, project = '/site'): Route {
  return { pattern, file: `routes${pattern}`, uri: `file://${pattern}`, cause: '', project, ...(mode === undefined ? {} : { mode }) };
}

function drawn(branches: Branch[], depth = 0): string {
  return branches.map(({ label, inside }) => `${'  '.repeat(depth)}${label}\n${drawn(inside, depth + 1)}`).join('');
}

const ROUTES = [route('/blog/:slug', 'ssr'), route('/', 'ssg'), route('/blog', 'ssg'), route('/api/a/b'), route('/api/a'), route('/about', 'ssg')];

test('routes are grouped by the segments that they share', () => {
  assert.equal(drawn(group(ROUTES, 'path')), '/\n/about\n/api\n  /a\n    /api/a\n    /api/a/b\n/blog\n  /blog\n  /blog/:slug\n');
});

test('routes are grouped by mode', () => {
  const expected = 'On each request (ssr)\n  /blog/:slug\nAt build (ssg)\n  /\n  /about\n  /blog\nEndpoints\n  /api/a\n  /api/a/b\n';
  assert.equal(drawn(group(ROUTES, 'mode')), expected);
});

test('several projects have a level of their own, and no two lines one name', () => {
  const two = [...ROUTES, route('/', 'ssg', '/other')];
  for (const grouping of ['path', 'mode'] as const) {
    const tree = group(two, grouping);
    assert.deepEqual(tree.map(({ label }) => label), ['other', 'site']);
    const ids: string[] = [];
    const walk = (branches: Branch[]): void => branches.forEach(({ id, inside }) => (ids.push(id), walk(inside)));
    walk(tree);
    assert.equal(new Set(ids).size, ids.length);
  }
});
