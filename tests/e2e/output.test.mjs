// What `veloxc build` leaves behind: equal bytes for equal input, the last good output when a build fails, exit codes.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { blog } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { copyProject, fingerprint, freshFolder, veloxc } from './support/veloxc.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function copy(name) {
  const folder = copyProject(blog, name);
  folders.push(folder);
  return folder;
}

async function build(project, env) {
  const { code, printed } = await veloxc(['build'], { cwd: project, env });
  assert.equal(code, 0, printed);
  return printed;
}

const output = (project) => fingerprint(join(project, '.velox/output'));

test('two builds in two places are equal byte for byte', async () => {
  const [one, two] = [copy('one'), copy('somewhere-else')];
  await build(one, { TZ: 'Asia/Tokyo', LANG: 'C' });
  await build(two, { TZ: 'America/Caracas', LANG: 'de_DE.UTF-8' });
  const first = output(one);
  assert.deepEqual(output(two), first);
  assert.ok(Object.keys(first).length > 15);
  // With the cache, and without it.
  await build(one);
  assert.deepEqual(output(one), first);
  rmSync(join(one, '.velox/cache'), { recursive: true, force: true });
  await build(one);
  assert.deepEqual(output(one), first);
  for (const file of Object.keys(first)) {
    const text = readFileSync(join(one, '.velox/output', file), 'utf8');
    assert.ok(!text.includes(one), `${file} names the folder it was built in`);
  }
});

test('the output says which routes it has and why', async () => {
  const project = copy('manifest');
  await build(project);
  const { routes } = JSON.parse(readFileSync(join(project, '.velox/output/manifest.json'), 'utf8'));
  const mode = Object.fromEntries(routes.map((route) => [route.pattern, route.mode]));
  assert.equal(mode['/'], 'ssg');
  assert.equal(mode['/about'], 'ssg');
  assert.equal(mode['/blog/:slug'], 'ssr');
  assert.equal(mode['/products'], 'isr');
  assert.equal(mode['/tags/:tag'], 'ssg');
  const { code, stdout } = await veloxc(['routes', '--format', 'json'], { cwd: project });
  assert.equal(code, 0);
  const listed = Object.fromEntries(JSON.parse(stdout).routes.map((route) => [route.pattern, route]));
  assert.equal(listed['/products'].revalidate, 3600);
  assert.deepEqual(listed['/blog/:slug'].layouts, ['layouts/default.velox', 'routes/blog/_layout.velox']);
  assert.deepEqual(
    listed['/blog/:slug'].params.map(({ name }) => name),
    ['slug'],
  );
  assert.match(listed['/blog'].cause, /await/);
});

test('P4 .env files reach prerendered pages and the server, and the process wins', async () => {
  const project = copy('environment');
  writeFileSync(join(project, '.env'), 'VELOX_E2E_ONE=file-env\nVELOX_E2E_TWO=file-env\nVELOX_E2E_THREE=file-env\n');
  writeFileSync(join(project, '.env.local'), 'VELOX_E2E_TWO=file-local\nVELOX_E2E_THREE=file-local\n');
  writeFileSync(join(project, '.env.production'), 'VELOX_E2E_THREE=file-production\n');
  const reads = "<p>{['ONE', 'TWO', 'THREE'].map((name) => process.env[`VELOX_E2E_${name}`]).join(' ')}</p>\n";
  writeFileSync(join(project, 'routes/built.velox'), `---\nexport const config = { render: 'ssg' };\n---\n${reads}`);
  writeFileSync(join(project, 'routes/served.velox'), `---\nexport const config = { render: 'ssr' };\n---\n${reads}`);
  const printed = await build(project, { VELOX_E2E_ONE: 'process' });
  const server = await startServer(project, { VELOX_E2E_ONE: 'process' });
  try {
    for (const path of ['/built', '/served']) {
      assert.match((await server.get(path)).text, /<p>process file-local file-production<\/p>/, path);
    }
  } finally {
    await server.stop();
  }
  assert.doesNotMatch(printed + server.log.stdout + server.log.stderr, /file-(?:env|local|production)/);
});

describe('a build that fails', () => {
  test('names each failing page with its route, params and place, and leaves the last output as it was', async () => {
    const project = copy('failing');
    await build(project);
    const good = output(project);
    mkdirSync(join(project, 'routes/broken'), { recursive: true });
    writeFileSync(
      join(project, 'routes/broken/[name].velox'),
      [
        '---',
        "export const config = { render: 'ssg' };",
        "export const paths = () => ['good', 'bad', 'worse'].map((name) => ({ name }));",
        'const { name } = params;',
        '---',
        '<h1>{name}</h1>',
        "<p>{name === 'good' ? 'fine' : explode(name)}</p>",
        '',
      ]
        .join('\n')
        .replace('---\n<h1>', "function explode(what: string): string {\n  throw new Error(`cannot print ${what}`);\n}\n---\n<h1>"),
    );
    const { code, printed } = await veloxc(['build'], { cwd: project });
    assert.equal(code, 1, printed);
    assert.match(printed, /routes\/broken\/\[name\]\.velox:6:\d+/);
    for (const name of ['bad', 'worse']) {
      assert.match(printed, new RegExp(`cannot print ${name}`));
      assert.match(printed, new RegExp(`/broken/${name}\\b`));
    }
    assert.match(printed, /\/broken\/(?::name|\[name\])/);
    assert.doesNotMatch(printed, /\/broken\/good\b/);
    assert.deepEqual(output(project), good);
    const server = await startServer(project);
    assert.equal((await server.get('/features')).status, 200);
    assert.equal((await server.get('/broken/good')).status, 404);
    await server.stop();
    // Mended, it builds again.
    rmSync(join(project, 'routes/broken'), { recursive: true });
    await build(project);
    assert.deepEqual(output(project), good);
  });

  test('SSG-4 names every page whatever its code does, and why it did not end', async () => {
    const project = copy('ends');
    const route = (name, ...block) =>
      writeFileSync(join(project, `routes/${name}.velox`), ['---', "export const config = { render: 'ssg' };", ...block, '---', '<p>x</p>', ''].join('\n'));
    mkdirSync(join(project, 'routes/guides'), { recursive: true });
    mkdirSync(join(project, 'lib'), { recursive: true });
    writeFileSync(join(project, 'lib/ends.ts'), 'export function leave(): never {\n  process.exit(3);\n}\n');
    route('guides/[slug]', 'export function paths(): { slug: string }[] {', "  throw new Error('no database');", '}');
    route('stuck', 'await new Promise(() => {});');
    route('leaves', "import { leave } from '$lib/ends';", 'leave();');
    route('timer', "setTimeout(() => { throw new Error('late'); }, 1);", 'await new Promise((resolve) => setTimeout(resolve, 100));');
    route('moved', "throw redirect('/about');");
    const { code, printed } = await veloxc(['build'], { cwd: project });
    assert.equal(code, 1, printed);
    for (const [message, place] of [
      ['`paths` of /guides/:slug failed: no database', 'routes/guides/[slug].velox:4:9'],
      ['/stuck could not be rendered: the page never finished: an `await` in it never settles', 'routes/stuck.velox'],
      ['/leaves could not be rendered: process.exit(3) was called while this page was rendered', 'lib/ends.ts:2:11'],
      ['/timer could not be rendered: an error was thrown in a callback of this page: late', 'routes/timer.velox:3:26'],
      ['/moved could not be rendered: the page redirects to /about', 'routes/moved.velox:3:7'],
    ]) {
      assert.ok(printed.includes(message), `${message}\n${printed}`);
      assert.ok(printed.includes(place), `${place}\n${printed}`);
    }
    assert.equal(printed.match(/VX0603/g)?.length, 5, printed);
  });

  test('SSG-4 names the pages under way when Node is killed', async () => {
    const project = copy('killed');
    writeFileSync(join(project, 'routes/killed.velox'), "---\nexport const config = { render: 'ssg' };\nprocess.kill(process.pid, 'SIGKILL');\nawait new Promise(() => {});\n---\n<p>x</p>\n");
    const { code, printed } = await veloxc(['build'], { cwd: project });
    assert.equal(code, 1, printed);
    assert.match(printed, /\/killed could not be rendered: the prerenderer ended \(signal: 9/);
    assert.match(printed, /routes\/killed\.velox/);
  });

  test('reports an error in a file before it makes anything', async () => {
    const project = copy('finding');
    writeFileSync(join(project, 'routes/wrong.velox'), '<h1>{titel}</h1>\n<Crad />\n');
    const { code, printed } = await veloxc(['build'], { cwd: project });
    assert.equal(code, 1, printed);
    assert.match(printed, /VX0401/);
    assert.match(printed, /routes\/wrong\.velox:2:2/);
    assert.ok(!existsSync(join(project, '.velox/output')));
  });
});

describe('exit codes', () => {
  test('0 for a clean project, 1 for findings', async () => {
    const project = copy('codes');
    const clean = await veloxc(['check'], { cwd: project });
    assert.equal(clean.code, 0, clean.printed);
    writeFileSync(join(project, 'routes/wrong.velox'), '<div>\n');
    const found = await veloxc(['check', '--format', 'json'], { cwd: project });
    assert.equal(found.code, 1, found.printed);
    const { diagnostics, summary } = JSON.parse(found.stdout);
    assert.equal(summary.errors, 1);
    assert.equal(diagnostics.find(({ severity }) => severity === 'error').file, 'routes/wrong.velox');
  });

  test('2 for a wrong command line and for a place that does not exist', async () => {
    const folder = freshFolder('usage');
    folders.push(folder);
    assert.equal((await veloxc(['bulid'], { cwd: folder })).code, 2);
    assert.equal((await veloxc(['check', '--no-such-option'], { cwd: folder })).code, 2);
    assert.equal((await veloxc(['build', 'no-such-folder'], { cwd: folder })).code, 2);
    assert.equal((await veloxc(['explain', 'VX9999'], { cwd: folder })).code, 2);
    assert.equal((await veloxc(['build'], { cwd: folder })).code, 2);
  });

  test('2 for a configuration that cannot be used', async () => {
    const folder = freshFolder('configuration');
    folders.push(folder);
    mkdirSync(join(folder, 'routes'));
    writeFileSync(join(folder, 'routes/index.velox'), '<h1>Hi</h1>\n');
    writeFileSync(
      join(folder, 'velox.config.ts'),
      "import { defineConfig } from 'velox';\nexport default defineConfig({ app: { trailingSlash: 'sometimes' } });\n",
    );
    const config = await veloxc(['build'], { cwd: folder });
    assert.equal(config.code, 2, config.printed);
    assert.match(config.printed, /velox\.config\.ts:2:/);
  });
});
