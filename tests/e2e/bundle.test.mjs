// What is bundled for browsers: the same each time, and never half of it where something is wrong.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startChromium } from './support/chromium.mjs';
import { repository } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { fingerprint, freshFolder, veloxc } from './support/veloxc.mjs';
import { reached } from './support/weights.mjs';

const FIXTURE = join(repository, 'tests/e2e/fixtures/islands');

test('two builds give the same files, with the cache and without it', async () => {
  const project = freshFolder('bundle');
  try {
    cpSync(FIXTURE, project, { recursive: true });
    await veloxc(['build'], { cwd: project });
    const first = fingerprint(join(project, '.velox/output'));
    await veloxc(['build'], { cwd: project });
    assert.deepEqual(fingerprint(join(project, '.velox/output')), first);
    rmSync(join(project, '.velox/cache'), { recursive: true });
    await veloxc(['build'], { cwd: project });
    assert.deepEqual(fingerprint(join(project, '.velox/output')), first);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});

test('where a project lies is in no name and in no file', async () => {
  const folders = [freshFolder('bundle'), join(freshFolder('bundle'), 'deeper/down')];
  try {
    const [one, other] = await Promise.all(folders.map(async (folder) => {
      cpSync(FIXTURE, folder, { recursive: true });
      const { code, printed } = await veloxc(['build', '--source-maps'], { cwd: folder });
      assert.equal(code, 0, printed);
      const files = join(folder, '.velox/output/static/_velox');
      for (const file of readdirSync(files)) assert.ok(!readFileSync(join(files, file), 'latin1').includes(folder), file);
      return fingerprint(files);
    }));
    assert.deepEqual(one, other);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
});

const SITE = {
  'package.json': '{ "name": "shared", "private": true, "type": "module" }',
  'velox.config.ts': "import { defineConfig } from 'velox';\nexport default defineConfig({ server: { allowedHosts: ['*'] } });\n",
  'layouts/default.velox': '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8" /><link rel="icon" href="data:," /></head><body><slot /></body></html>\n',
  // A list of exports, one that leads to it, and a module that does something when it is loaded.
  'lib/index.ts': "// All of it.\nexport { one } from './one';\nexport {\n  two,\n  three as drei,\n} from './two';\nexport { default as Four } from './four';\n",
  'lib/outer.ts': "export { two as zwei } from './index';\n",
  'lib/one.ts': "export const one = (): string => 'first '.repeat(2);\n",
  'lib/two.ts': "export const two = (): string => 'second '.repeat(2);\nexport const three = 'third ';\n",
  'lib/four.ts': "export default 'fourth ';\n",
  'lib/all.ts': "export { one } from './one';\nexport { two } from './two';\n(globalThis as any).loaded = true;\n",
  'components/shared.css': 'p { color: rgb(1, 2, 3) }\n',
  'components/A.tsx': "import { signal } from 'velox/client';\nimport { one } from '$lib/index';\nimport './shared.css';\nexport default () => { const s = signal(one()); return <p id=\"a\" onClick={() => (s.value += '!')}>{s}</p>; };\n",
  'components/B.tsx': "import { signal } from 'velox/client';\nimport { zwei } from '$lib/outer';\nimport { Four } from '$lib/index';\nimport './shared.css';\nexport default () => { const s = signal(zwei() + Four); return <p id=\"b\" onClick={() => (s.value += '!')}>{s}</p>; };\n",
  'components/C.tsx': "import * as all from '$lib/index';\nexport default () => <p id=\"c\">{all.drei}{all.one()}</p>;\n",
  'components/D.tsx': "import '$lib/all';\nimport { one } from '$lib/all';\nexport default () => <p id=\"d\">{one()}</p>;\n",
  'components/Fails.tsx': "import { signal } from 'velox/client';\n\nexport default () => {\n  const s = signal(0);\n  const fail = () => {\n    if (s.value === 0) throw new Error('on line six');\n  };\n  return <button id=\"fails\" onClick={fail}>fail {s}</button>;\n};\n",
  'components/Box.tsx': "export default ({ at, children }: { at?: Date; children?: unknown }) => <div class=\"box\">{at?.getTime()}{children}</div>;\n",
  'components/Pages.tsx': "import { InfiniteQueryObserver } from '@tanstack/query-core';\nimport { useQuery } from '@velox/query';\nexport default () => <p id=\"pages\">{useQuery({ key: ['a'], fetcher: () => 'b' }).status} {Object.keys(InfiniteQueryObserver.prototype).length}</p>;\n",
  'routes/passed.velox': "---\nimport Box from '$components/Box';\n---\n<Box client:load at={new Date(7)}><b>inside</b></Box><Box client:visible><b>below</b></Box>\n",
  'routes/plain.velox': "---\nimport Box from '$components/Box';\n---\n<Box client:load />\n",
  'routes/pages.velox': "---\nimport Pages from '$components/Pages';\n---\n<Pages client:only />\n",
  'routes/index.velox': "---\nimport A from '$components/A';\nimport B from '$components/B';\nimport C from '$components/C';\nimport D from '$components/D';\nimport Fails from '$components/Fails';\n---\n<A client:load /><B client:load /><C client:load /><D client:load /><Fails client:load />\n",
};

describe('what islands share', () => {
  let folder;
  let server;
  let browser;
  const output = () => join(folder, '.velox/output/static/_velox');
  const named = (name) => '/_velox/' + readdirSync(output()).find((file) => file.startsWith(name + '.') && file.endsWith('.js'));
  const codeOf = (name) => [...reached({ folder }, named(name))].map((file) => readFileSync(join(folder, '.velox/output/static', file), 'utf8')).join('\n');

  before(async () => {
    folder = freshFolder('shared');
    for (const [path, text] of Object.entries(SITE)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { code, printed } = await veloxc(['build', '--source-maps'], { cwd: folder });
    assert.equal(code, 0, printed);
    server = await startServer(folder);
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('of a list of exports an island loads what it names, also through another list', () => {
    const words = ['first ', 'second ', 'third ', 'fourth '];
    const held = (name) => words.filter((word) => codeOf(name).includes(`"${word}"`));
    assert.deepEqual(held('A'), ['first ']);
    assert.deepEqual(held('B'), ['second ', 'third ', 'fourth ']);
    // Names that are not written out may be any.
    assert.deepEqual(held('C'), words);
    assert.match(codeOf('D'), /loaded/);
  });

  test('no file is without content', () => {
    for (const file of readdirSync(output()).filter((name) => name.endsWith('.js'))) {
      const code = readFileSync(join(output(), file), 'utf8').replace(/^\/\/#.*$/m, '').trim();
      assert.ok(code.replaceAll(/import"[^"]*";/g, '').length > 0, file);
    }
  });

  test('all of it works, and a source map leads from an error to its line', async () => {
    const page = await browser.context.newPage();
    try {
      await page.goto(server.origin + '/');
      await page.waitForFunction(() => document.querySelector('velox-island[i]') === null);
      for (const id of ['a', 'b']) await page.locator('#' + id).click();
      assert.deepEqual(await page.locator('p').allTextContents(), ['first first !', 'second second fourth !', 'third first first ', 'first first ']);
      assert.equal(await page.evaluate(() => globalThis.loaded), true);
      const thrown = page.waitForEvent('pageerror');
      await page.locator('#fails').click();
      const { message, stack } = await thrown;
      assert.equal(message, 'on line six');
      const [, file, line, column] = /\/_velox\/([\w.-]+\.js):(\d+):(\d+)/.exec(stack);
      const map = JSON.parse(readFileSync(join(output(), file + '.map'), 'utf8'));
      const found = new SourceMap(map).findEntry(Number(line) - 1, Number(column) - 1);
      assert.deepEqual([found.originalSource, found.originalLine + 1], ['/components/Fails.tsx', 6]);
      assert.equal(map.sourcesContent[map.sources.indexOf('/components/Fails.tsx')], SITE['components/Fails.tsx']);
      assert.equal((await server.get(`/_velox/${file}.map`)).status, 404);
    } finally {
      await page.close();
    }
  });

  test('what an island loads for HTML and for dates that are passed to it is fetched ahead, where they are', async () => {
    for (const [path, more] of [['/passed', ['decoder', 'slots']], ['/plain', []]]) {
      const page = await browser.context.newPage();
      try {
        const asked = [];
        page.on('request', (request) => new URL(request.url()).pathname.endsWith('.js') && asked.push(new URL(request.url()).pathname));
        const html = await (await page.goto(server.origin + path)).text();
        await page.waitForFunction(() => document.querySelector('velox-island[i]') === null);
        const preloaded = [...html.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href);
        assert.deepEqual([...new Set(asked)].sort(), [...preloaded].sort());
        assert.deepEqual(preloaded.filter((file) => /\/(?:slots|decoder)\./.test(file)).sort(), more.map(named).sort());
        if (path === '/passed') assert.deepEqual(await page.locator('.box').allTextContents(), ['7inside', 'below']);
      } finally {
        await page.close();
      }
    }
  });

  test('where a project uses query-core itself, it is whole', async () => {
    assert.match(codeOf('Pages'), /hasNextPage/);
    const page = await browser.context.newPage();
    try {
      await page.goto(server.origin + '/pages');
      await page.locator('#pages').getByText(/^success/).waitFor();
    } finally {
      await page.close();
    }
  });

  test('source maps name files as they are', () => {
    const maps = readdirSync(output()).filter((name) => name.endsWith('.map'));
    const sources = maps.flatMap((file) => JSON.parse(readFileSync(join(output(), file), 'utf8')).sources);
    assert.ok(sources.includes('/lib/one.ts'));
    assert.ok(sources.some((source) => source.endsWith('node_modules/velox/dist/client/browser/hooks/use-signal.js')), sources.join('\n'));
    assert.deepEqual(sources.filter((source) => !/^(?:\/(?:components|lib|routes)\/|(?:\.\.\/)+node_modules\/|velox:islands\/)/.test(source)), []);
  });
});

describe('builds that fail', () => {
  /** Builds a copy of the fixture after a change; the last build of it was a good one. */
  async function failing(change, env = {}) {
    const copy = freshFolder('islands-failing');
    try {
      cpSync(FIXTURE, copy, { recursive: true });
      assert.equal((await veloxc(['build'], { cwd: copy })).code, 0);
      const before = fingerprint(join(copy, '.velox/output'));
      change(copy);
      const result = await veloxc(['build', '--format', 'concise'], { cwd: copy, env });
      assert.notEqual(result.code, 0, result.printed);
      assert.deepEqual(fingerprint(join(copy, '.velox/output')), before, 'the last build is as it was');
      return result;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  test('an export that a package does not have is told at its place in the source', async () => {
    const { printed, code } = await failing((copy) => {
      writeFileSync(join(copy, 'lib/log.ts'), "type A = { a: 1 };\nimport { nothing } from 'preact';\nexport const alive = (name: string): void => nothing(name as unknown as A);\n");
    });
    assert.equal(code, 1);
    assert.match(printed, /lib\/log\.ts:2:10: error\[VX0604\]: no matching export in .*preact\.mjs` for import `nothing`/);
  });

  test('a package that a page\'s script imports and that is not installed', async () => {
    const { printed, code } = await failing((copy) => {
      writeFileSync(join(copy, 'routes/script.velox'), "<p>x</p>\n<script>\n  import ms from 'ms-that-is-not-there';\n  ms(1);\n</script>\n");
    });
    assert.equal(code, 1);
    assert.match(printed, /routes\/script\.velox:3:18: error\[VX0604\]: the package `ms-that-is-not-there` is not installed/);
  });

  test('without esbuild the build says what to install', async () => {
    const change = (copy) => writeFileSync(join(copy, 'lib/log.ts'), 'export const alive = (name: string): void => console.log(name);\n');
    const { printed, code } = await failing(change, { VELOX_ESBUILD: '/nowhere' });
    assert.equal(code, 2);
    assert.match(printed, /bundled by `esbuild`, which is not installed: run `npm install --save-dev esbuild@/);
  });
});
