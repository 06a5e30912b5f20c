// What is bundled for browsers: the same each time, and never half of it where something is wrong.
import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { repository } from './support/paths.mjs';
import { fingerprint, freshFolder, veloxc } from './support/veloxc.mjs';

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
