// Which server is started, in folders as they are on disks.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { locate, NoServer, type Search } from '../src/locate.ts';

const root = mkdtempSync(join(tmpdir(), 'velox-locate-'));
after(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

/** A fresh folder with these files; those that end with `*` may be executed. */
function disk(...files: string[]): string {
  const folder = join(root, String(count++));
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const path = join(folder, file.replace(/\*$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, file.endsWith('*') ? 0o755 : 0o644);
  }
  return folder;
}

function installed(folder: string, platforms: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'veloxc', optionalDependencies: platforms }));
}

function search(folder: string, more: Partial<Search> = {}): Search {
  return {
    setting: '',
    folders: [join(folder, 'site')],
    trusted: true,
    path: [join(folder, 'programs'), 'node_modules/.bin'].join(delimiter),
    extension: join(folder, 'extension'),
    platform: 'linux',
    arch: 'x64',
    ...more,
  };
}

const BUNDLED = 'extension/server/velox-lsp*';
const ON_PATH = 'programs/velox-lsp*';

test('without anything else the server of the extension is taken', () => {
  const folder = disk(BUNDLED);
  assert.deepEqual(locate(search(folder)), { command: join(folder, 'extension/server/velox-lsp'), args: [], origin: 'extension' });
});

test('a bundled server that lost its mode gets it back', { skip: process.platform === 'win32' }, () => {
  assert.equal(locate(search(disk('extension/server/velox-lsp'))).origin, 'extension');
});

test('PATH comes before the extension, and velox-lsp before veloxc', () => {
  const folder = disk(BUNDLED, ON_PATH, 'programs/veloxc*');
  assert.equal(locate(search(folder)).command, join(folder, 'programs/velox-lsp'));
  const compiler = disk(BUNDLED, 'programs/veloxc*');
  assert.deepEqual(locate(search(compiler)), { command: join(compiler, 'programs/veloxc'), args: ['lsp'], origin: 'PATH' });
});

test('a relative folder of PATH means nothing', () => {
  const folder = disk(BUNDLED, 'site/node_modules/.bin/velox-lsp*');
  assert.equal(locate(search(folder)).origin, 'extension');
});

test('the package of the project comes before PATH, also from a folder around it', () => {
  for (const at of ['site/node_modules', 'node_modules']) {
    const folder = disk(BUNDLED, ON_PATH, `${at}/@velox/cli-linux-x64/bin/veloxc*`);
    installed(join(folder, at, 'veloxc'), { '@velox/cli-linux-x64': '1.0.0', '@velox/cli-darwin-arm64': '1.0.0' });
    const found = locate(search(folder));
    assert.deepEqual(found, { command: join(folder, at, '@velox/cli-linux-x64/bin/veloxc'), args: ['lsp'], origin: 'project' });
  }
});

test('the package is found through the links that pnpm makes', { skip: process.platform === 'win32' }, () => {
  const store = 'site/node_modules/.pnpm/veloxc@1.0.0/node_modules';
  const folder = disk(`${store}/@velox/cli-linux-x64-musl/bin/velox-lsp*`);
  installed(join(folder, store, 'veloxc'), { '@velox/cli-linux-x64-musl': '1.0.0' });
  symlinkSync(join(folder, store, 'veloxc'), join(folder, 'site/node_modules/veloxc'));
  assert.equal(locate(search(folder)).origin, 'project');
});

test('a package without a program for this platform is passed over', () => {
  const folder = disk(BUNDLED, 'site/node_modules/@velox/cli-darwin-arm64/bin/veloxc*');
  installed(join(folder, 'site/node_modules/veloxc'), { '@velox/cli-darwin-arm64': '1.0.0' });
  assert.equal(locate(search(folder)).origin, 'extension');
});

test('the setting comes before all, relative to the first folder', () => {
  const folder = disk(BUNDLED, ON_PATH, 'site/own/velox-lsp*');
  const expected = { command: join(folder, 'site/own/velox-lsp'), args: [], origin: 'setting' };
  assert.deepEqual(locate(search(folder, { setting: join(folder, 'site/own/velox-lsp') })), expected);
  assert.deepEqual(locate(search(folder, { setting: 'own/velox-lsp' })), expected);
});

test('a setting that leads nowhere is told, and nothing else is taken', () => {
  const folder = disk(BUNDLED, 'site/plain');
  const cases: [setting: string, said: RegExp][] = [
    ['nowhere', /there is no file .*nowhere/],
    ['.', /is a folder/],
    ...(process.platform === 'win32' ? [] : ([['plain', /may not be executed.*chmod \+x/]] as [string, RegExp][])),
  ];
  for (const [setting, said] of cases) {
    assert.throws(() => locate(search(folder, { setting })), (error) => error instanceof NoServer && said.test(error.message));
  }
});

test('in a folder that is not trusted nothing of it is started', () => {
  const folder = disk(BUNDLED, 'site/own*', 'site/bin/velox-lsp*', 'site/node_modules/@velox/cli-linux-x64/bin/veloxc*');
  installed(join(folder, 'site/node_modules/veloxc'), { '@velox/cli-linux-x64': '1.0.0' });
  const untrusted = search(folder, { trusted: false, setting: 'own', path: join(folder, 'site/bin') });
  assert.equal(locate(untrusted).origin, 'extension');
  rmSync(join(folder, 'extension'), { recursive: true });
  assert.throws(() => locate(untrusted), NoServer);
});

test('where there is none at all, it says what to do', () => {
  assert.throws(() => locate(search(disk('site/a'))), /linux-x64.*npm install --save-dev veloxc/);
});
