// The script that starts the program, with small programs in its place.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mainManifest } from '../pack.mjs';
import { packageOf, platforms, thisPlatform } from '../platforms.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'velox-launcher-')));
after(() => rmSync(temporary, { recursive: true, force: true }));

// The programs are scripts with a `#!` line.
const skip = process.platform === 'win32';

const script = join(temporary, 'node_modules/veloxc/bin/veloxc.js');
cpSync(join(here, '../veloxc'), join(temporary, 'node_modules/veloxc'), { recursive: true });
writeFileSync(join(temporary, 'node_modules/veloxc/package.json'), JSON.stringify(mainManifest()));

function program(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!${process.execPath}\n${text}`);
  chmodSync(path, 0o755);
  return path;
}

const launch = (args, options = {}) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', ...options });
const named = (text, name) => ({ env: { ...process.env, VELOXC_BINARY: program(join(temporary, name), text) } });

test('arguments, both outputs and the exit code pass', { skip }, () => {
  const echo = 'console.log(JSON.stringify(process.argv.slice(2))); console.error("said"); process.exitCode = 101;';
  const { stdout, stderr, status } = launch(['check', 'a b', '', '--x="y"', "it's"], named(echo, 'echo'));
  assert.deepEqual(JSON.parse(stdout), ['check', 'a b', '', '--x="y"', "it's"]);
  assert.deepEqual([stderr, status], ['said\n', 101]);
});

test('standard input passes, and its end', { skip }, () => {
  const reverse = 'process.stdin.toArray().then((parts) => console.log(parts.join("").length));';
  assert.equal(launch([], { ...named(reverse, 'count'), input: 'x'.repeat(300_000) }).stdout, '300000\n');
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  test(`${signal} reaches the program, which decides what comes of it`, { skip }, async () => {
    const text = `process.on('${signal}', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready');`;
    const launched = spawn(process.execPath, [script], named(text, `on-${signal}`));
    await new Promise((resolve) => launched.stdout.once('data', resolve));
    const ended = new Promise((resolve) => launched.on('exit', (...how) => resolve(how)));
    launched.kill(signal);
    assert.deepEqual(await ended, [7, null]);
  });
}

test('a program that a signal ended ends the launcher by the same', { skip }, () => {
  const { signal } = launch([], named("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);", 'killed'));
  assert.equal(signal, 'SIGKILL');
});

test('of two packages for Linux the one for its C library is taken', { skip: process.platform !== 'linux' }, () => {
  const here = platforms.filter(({ os, cpu }) => os === process.platform && cpu === process.arch);
  assert.equal(here.length, 2);
  for (const platform of here) {
    program(join(temporary, 'node_modules', packageOf(platform), 'bin/veloxc'), `console.log('${platform.name}');`);
  }
  assert.equal(launch([]).stdout, `${thisPlatform().name}\n`);
  rmSync(join(temporary, 'node_modules', packageOf(thisPlatform())), { recursive: true });
  const other = here.find((platform) => platform !== thisPlatform());
  assert.equal(launch([]).stdout, `${other.name}\n`, 'where it is the only one it is tried');
  rmSync(join(temporary, 'node_modules/@velox'), { recursive: true });
});

test('a package that is missing is named', () => {
  const { stderr, status } = launch(['check']);
  assert.equal(status, 2);
  assert.ok(stderr.startsWith(`error: the package \`@velox/cli-${process.platform}-${process.arch}`), stderr);
});

test('a machine without a program is told which machines have one', () => {
  const pretend = 'data:text/javascript,Object.defineProperty(process, "platform", { value: "freebsd" })';
  const { stderr, status } = spawnSync(process.execPath, ['--import', pretend, script], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /^error: there is no program for freebsd \w+; there is one for linux-x64, /);
});

test('a program that cannot be started is named', () => {
  const { stderr, status } = launch([], { env: { ...process.env, VELOXC_BINARY: join(temporary, 'nowhere') } });
  assert.equal(status, 2);
  assert.match(stderr, /^error: .*nowhere cannot be started: /);
});
