// A project made by `veloxc init`: checks clean, builds and serves without an `npm install`.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { veloxcPath } from './support/paths.mjs';
import { startCommand, startServer } from './support/server.mjs';
import { freshFolder, veloxc } from './support/veloxc.mjs';

let folder;
let project;
let server;

before(async () => {
  folder = freshFolder('init');
  project = join(folder, 'my-app');
  const { code, printed } = await veloxc(['init', 'my-app'], { cwd: folder });
  assert.equal(code, 0, printed);
});

after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('carries its name, and nothing of the template is left', () => {
  assert.equal(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).name, 'my-app');
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  assert.match(readme, /^# my-app\n/);
  assert.doesNotMatch(readme, /\{\{/);
  assert.ok(existsSync(join(project, '.gitignore')));
  assert.ok(!existsSync(join(project, 'gitignore')));
  assert.ok(!existsSync(join(project, 'node_modules')));
});

test('checks clean', async () => {
  const { code, printed } = await veloxc(['check'], { cwd: project });
  assert.equal(code, 0, printed);
  const { code: again, stdout } = await veloxc(['check', '--format', 'json'], { cwd: project });
  assert.equal(again, 0);
  assert.deepEqual(JSON.parse(stdout).diagnostics, []);
});

test('lists its routes', async () => {
  const { code, stdout } = await veloxc(['routes', '--format', 'json'], { cwd: project });
  assert.equal(code, 0);
  const modes = JSON.parse(stdout).routes.map(({ pattern, kind, mode }) => [pattern, kind, mode]);
  const expected = [
    ['/', 'page', 'ssg'],
    ['/about', 'page', 'ssg'],
    ['/blog/:slug', 'page', 'ssg'],
  ];
  for (const route of expected) {
    assert.ok(modes.some((mode) => JSON.stringify(mode) === JSON.stringify(route)), `${route} in ${JSON.stringify(modes)}`);
  }
  assert.ok(modes.some(([pattern, kind]) => pattern === '/api/hello' && kind === 'endpoint'));
});

test('builds and serves', async () => {
  const { code, printed } = await veloxc(['build'], { cwd: project });
  assert.equal(code, 0, printed);
  server = await startServer(project);
  const front = await server.get('/');
  assert.equal(front.status, 200);
  assert.match(front.text, /<title>Welcome to Velox<\/title>/);
  assert.equal(front.text.match(/<article/g)?.length, 3);
  assert.match(front.text, /<a href="\/" aria-current="page"/);
  assert.doesNotMatch(front.text, /<script/);
  assert.match((await server.get('/about')).text, /veloxc explain VX0401/);
  const post = await server.get('/blog/safe-by-place');
  assert.equal(post.status, 200);
  assert.match(post.text, /why &lt;script(?:>|&gt;) in a title/);
  const missing = await server.get('/blog/none');
  assert.equal(missing.status, 404);
  assert.match(missing.text, /This page is not here/);
  const hello = await server.get('/api/hello?name=%3Cyou%3E');
  assert.deepEqual(hello.json(), { message: 'Hello, <you>!' });
  assert.equal((await server.get('/favicon.svg')).status, 200);
  assert.equal(await server.stop(), 0);
  assert.equal(server.log.stderr, '');
});

test('is served by `veloxc preview` too, which passes signals on', async () => {
  const preview = await startCommand([veloxcPath(), 'preview'], project);
  try {
    assert.match((await preview.get('/')).text, /Welcome to Velox/);
  } finally {
    assert.equal(await preview.stop(), 0);
  }
});

test('does not write over a folder that holds something', async () => {
  const before = readFileSync(join(project, 'package.json'), 'utf8');
  const { code, printed } = await veloxc(['init', 'my-app'], { cwd: folder });
  assert.equal(code, 2, printed);
  assert.match(printed, /my-app/);
  assert.equal(readFileSync(join(project, 'package.json'), 'utf8'), before);
});
