// The manifest: its settings are the server's, its names fit together, the rules for typing mean what they should.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifest = read('package.json');
const typing = read('language-configuration.json');

test('the settings are those of the server', () => {
  execFileSync(process.execPath, [join(root, 'scripts/settings.mjs'), '--check'], { stdio: 'inherit' });
});

test('each command that a menu has is declared and registered', () => {
  const declared = manifest.contributes.commands.map(({ command }) => command);
  const source = readFileSync(join(root, 'src/commands.ts'), 'utf8');
  for (const command of declared) assert.ok(source.includes(`'${command}'`), command);
  for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
    for (const { command } of items) assert.ok(declared.includes(command), `${menu}: ${command}`);
  }
});

test('each setting that the extension reads is declared', () => {
  const declared = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  for (const name of ['velox.server.path', 'velox.browser.url', 'velox.autoClosingTags']) assert.ok(declared.includes(name), name);
  assert.equal(new Set(declared).size, declared.length);
});

test('the version is that of the server', () => {
  const [, version] = /^\[workspace\.package\]\s*\nversion = "([^"]+)"/m.exec(readFileSync(join(root, '../../Cargo.toml'), 'utf8')) ?? [];
  assert.equal(manifest.version, version);
});

test('what runs a program is not read in folders that are not trusted', () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['velox.server.path']);
});

test('the client is built for the oldest editor that is supported', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  for (const version of Object.values(manifest.devDependencies)) assert.match(version, /^\d/);
});

test('a line break between a tag pair opens a line, and not elsewhere', () => {
  const [pair] = typing.onEnterRules;
  const fits = (before, after) => new RegExp(pair.beforeText).test(before) && new RegExp(pair.afterText).test(after);
  for (const [before, after, expected] of [
    ['<p>', '</p>', true],
    ['  <Card title={a} wide>', '</Card>', true],
    ['<ul class="a > b">', '</ul>', true],
    ['<>', '</>', true],
    ['<velox:slot name="x">', '</velox:slot>', true],
    ['<br>', '</p>', false],
    ['<Card />', '</p>', false],
    ['(a) =>', '</p>', false],
    ['<p>text', '</p>', false],
  ]) {
    assert.equal(fits(before, after), expected, `${before}|${after}`);
  }
});

test('indentation grows behind what is open', () => {
  const grows = new RegExp(typing.indentationRules.increaseIndentPattern);
  const shrinks = new RegExp(typing.indentationRules.decreaseIndentPattern);
  for (const line of ['<ul>', '  <Card title={a}>', '{posts.map((post) => (', 'const a = {', '<>', 'foo(']) assert.ok(grows.test(line), line);
  for (const line of ['<br>', '<p>a</p>', '<Card />', 'const a = 1;', 'a => b', '---', '{title}', 'if (a > b) c();']) {
    assert.ok(!grows.test(line), line);
  }
  for (const line of ['</ul>', '  }', '))}', '/>', '-->']) assert.ok(shrinks.test(line), line);
  for (const line of ['<p>', 'a', '// b']) assert.ok(!shrinks.test(line), line);
});

test('words hold what names hold', () => {
  const { pattern, flags } = typing.wordPattern;
  const words = (text) => text.match(new RegExp(pattern, `g${flags}`));
  assert.deepEqual(words('<p class="card-title">é_1 $x</p>'), ['p', 'class', 'card-title', 'é_1', '$x', 'p']);
  assert.deepEqual(words('margin: -2.5 3'), ['margin', '-2.5', '3']);
});
