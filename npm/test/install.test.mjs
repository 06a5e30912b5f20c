// What people get: the packages are packed with the built program, installed from the tarballs alone, and used through npx.
//
// `VELOXC` names the program.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { pack } from '../pack.mjs';
import { packageOf, programOn, thisPlatform, version } from '../platforms.mjs';

const program = process.env.VELOXC && resolve(process.env.VELOXC);
assert.ok(program && existsSync(program), 'the environment variable VELOXC has to name the built program');
const platform = thisPlatform();
assert.ok(platform, `no package is made for ${process.platform} ${process.arch}`);

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'velox-npm-')));
after(() => rmSync(temporary, { recursive: true, force: true }));
const [ofPlatform, main] = pack({ out: temporary, programs: [[platform, program]] });

const windows = process.platform === 'win32';
const run = (folder, command, args, options = {}) =>
  spawnSync(windows ? `${command}.cmd` : command, args, { cwd: folder, encoding: 'utf8', shell: windows, timeout: 120_000, ...options });

/** A project with these files in which these tarballs are installed. */
function project(name, tarballs, files = {}) {
  const folder = join(temporary, name);
  write(folder, { 'package.json': '{ "private": true }\n', ...files });
  const args = ['install', '--offline', '--no-audit', '--no-fund', '--save-dev', ...tarballs];
  const installed = run(folder, 'npm', args);
  assert.equal(installed.status, 0, installed.stderr);
  return folder;
}

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const tea = { 'routes/index.velox': "---\nconst tea = 'green';\n---\n<p>{taa}</p>\n" };
const folder = project('site', [main, ofPlatform], tea);

test('npx starts the program', () => {
  const said = run(folder, 'npx', ['--no-install', 'veloxc', '--version']);
  assert.equal(said.stdout.trim(), `veloxc ${version()}`, said.stderr);
});

test('editors find the program where the documentation says', () => {
  assert.ok(existsSync(join(folder, 'node_modules', packageOf(platform), 'bin', programOn(platform))));
});

test('packages hold the licenses and nothing that is not needed', () => {
  const listed = spawnSync('tar', ['tzf', ofPlatform], { encoding: 'utf8' }).stdout.trim().split('\n').sort();
  const files = ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', `bin/${programOn(platform)}`, 'package.json'];
  assert.deepEqual(listed, files.map((file) => `package/${file}`).sort());
});

test('npx veloxc check says what is wrong, and ends with the code of the program', () => {
  const wrong = run(folder, 'npx', ['--no-install', 'veloxc', 'check', '--format', 'concise']);
  assert.match(wrong.stdout, /routes\/index\.velox:4:5: error\[VX0\d+\]: .*taa/);
  assert.equal(wrong.status, 1);
  write(folder, { 'routes/index.velox': tea['routes/index.velox'].replace('taa', 'tea') });
  const right = run(folder, 'npx', ['--no-install', 'veloxc', 'check']);
  assert.equal(right.status, 0, right.stdout + right.stderr);
  assert.equal(run(folder, 'npx', ['--no-install', 'veloxc', 'brew']).status, 2);
});

test('standard input reaches the program', () => {
  const options = { input: '<p>{unknown}</p>\n' };
  const args = ['--no-install', 'veloxc', 'check', '--stdin-filename', 'routes/a.velox', '--format', 'json'];
  const said = run(folder, 'npx', args, options);
  assert.equal(JSON.parse(said.stdout).diagnostics[0].file, 'routes/a.velox', said.stdout);
  assert.equal(said.status, 1);
});

test('the language server speaks through it', async () => {
  const server = spawn(process.execPath, [join(folder, 'node_modules/veloxc/bin/veloxc.js'), 'lsp'], { cwd: folder });
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  let heard = '';
  server.stdout.on('data', (data) => (heard += data));
  const ended = new Promise((resolve) => server.on('exit', resolve));
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  while (!heard.includes('"capabilities"')) await new Promise((resolve) => setTimeout(resolve, 20));
  send({ method: 'initialized', params: {} });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  assert.equal(await ended, 0);
});

test('an installation without optional dependencies says what to do', () => {
  const bare = project('bare', [main], tea);
  const said = run(bare, 'npx', ['--no-install', 'veloxc', 'check']);
  assert.equal(said.status, 2);
  assert.ok(said.stderr.includes(packageOf(platform)), said.stderr);
  assert.match(said.stderr, /npm install --include=optional/);
});

test('what is published is what npm chooses from', () => {
  const { optionalDependencies, version: own } = JSON.parse(readFileSync(join(folder, 'node_modules/veloxc/package.json'), 'utf8'));
  assert.equal(Object.keys(optionalDependencies).length, 8);
  for (const [name, wanted] of Object.entries(optionalDependencies)) assert.equal(wanted, own, name);
  const { os, cpu, libc } = JSON.parse(readFileSync(join(folder, 'node_modules', packageOf(platform), 'package.json'), 'utf8'));
  assert.deepEqual([os, cpu], [[process.platform], [process.arch]]);
  assert.equal(libc?.length, platform.libc ? 1 : undefined);
});
