// The package that people install: made with the debug build of the server (or that of VELOX_LSP), unpacked, and started.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import yauzl from 'yauzl';
import { pack } from '../scripts/package.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.platform === 'win32' ? 'velox-lsp.exe' : 'velox-lsp';
const binary = process.env.VELOX_LSP ?? join(repository, 'target/debug', program);
const folder = mkdtempSync(join(tmpdir(), 'velox-vsix-'));
const extension = join(folder, 'extension');
const files = [];

before(async () => {
  assert.ok(existsSync(binary), `there is no server at ${binary}: cargo build --package velox_lsp`);
  const vsix = await pack({ binary, out: join(folder, 'velox.vsix') });
  await unpack(vsix, folder);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Unpacks with the modes that the package says, as VS Code does. */
function unpack(vsix, out) {
  return new Promise((resolve, reject) => {
    yauzl.open(vsix, { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on('error', reject);
      archive.on('end', resolve);
      archive.on('entry', (entry) => {
        archive.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure);
          const path = join(out, entry.fileName);
          files.push(entry.fileName);
          mkdirSync(dirname(path), { recursive: true });
          try {
            await pipeline(stream, createWriteStream(path, { mode: entry.externalFileAttributes >>> 16 }));
          } catch (problem) {
            return reject(problem);
          }
          archive.readEntry();
        });
      });
      archive.readEntry();
    });
  });
}

const read = (path) => JSON.parse(readFileSync(join(extension, path), 'utf8'));

test('every file that the manifest names is in the package', () => {
  const manifest = read('package.json');
  const { languages, grammars, snippets, views, walkthroughs } = manifest.contributes;
  const named = [
    manifest.main,
    manifest.icon,
    ...languages.flatMap(({ configuration, icon }) => [configuration, ...Object.values(icon ?? {})]),
    ...[...grammars, ...snippets].map(({ path }) => path),
    ...Object.values(views).flatMap((all) => all.map(({ icon }) => icon)),
    ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    // As the packager calls them.
    'readme.md',
    'changelog.md',
    'LICENSE.txt',
    'LICENSE-MIT',
    'LICENSE-APACHE',
    'dist/licenses.txt',
    `server/${program}`,
  ];
  for (const file of named) assert.ok(statSync(join(extension, file)).size > 0, file);
});

test('nothing else is in it', () => {
  const strangers = files.filter((file) => /node_modules|\/(src|test|scripts)\/|\.map$|tsconfig/.test(file));
  assert.deepEqual(strangers, []);
});

test('the grammars are those that the manifest speaks of', () => {
  for (const { path, scopeName, embeddedLanguages } of read('package.json').contributes.grammars) {
    const text = readFileSync(join(extension, path), 'utf8');
    assert.equal(JSON.parse(text).scopeName, scopeName);
    // Those of TSX come with the grammar that is included.
    const own = Object.keys(embeddedLanguages ?? {}).filter((scope) => !scope.endsWith('.tsx') || scope === 'source.tsx');
    for (const scope of own) assert.ok(text.includes(scope), `${path}: ${scope}`);
  }
});

test('the licences of what is bundled are told', () => {
  const text = readFileSync(join(extension, 'dist/licenses.txt'), 'utf8');
  for (const name of ['vscode-languageclient', 'vscode-jsonrpc', 'semver']) assert.ok(text.includes(`${name} `), name);
});

test('the bundle asks for nothing but the editor and Node', () => {
  const text = readFileSync(join(extension, 'dist/extension.js'), 'utf8');
  const asked = new Set([...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name));
  for (const name of asked) assert.ok(name === 'vscode' || isBuiltin(name), name);
  assert.ok(asked.has('vscode'));
});

test('the server that is in it may be executed, and finds a mistake', { timeout: 60_000 }, async () => {
  const site = join(folder, 'site');
  mkdirSync(join(site, 'routes'), { recursive: true });
  const uri = pathToFileURL(join(site, 'routes/index.velox')).href;
  const child = spawn(join(extension, 'server', program), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  after(() => child.kill());
  const messages = incoming(child.stdout);
  const say = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const wait = async (wanted) => {
    for (;;) {
      const { value: message, done } = await messages.next();
      if (done) throw new Error('the server is gone');
      if (wanted(message)) return message;
    }
  };
  say({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: pathToFileURL(site).href, capabilities: {} } });
  const { result } = await wait(({ id }) => id === 1);
  assert.equal(result.serverInfo.name, 'velox-lsp');
  assert.equal(result.serverInfo.version, read('package.json').version);
  say({ method: 'initialized', params: {} });
  const text = '<p>{missing}</p>\n';
  say({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'velox', version: 1, text } } });
  const told = await wait(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.diagnostics.length > 0);
  assert.deepEqual(told.params.diagnostics[0].range, { start: { line: 0, character: 4 }, end: { line: 0, character: 11 } });
  assert.match(told.params.diagnostics[0].message, /`missing`/);
  const style = '<style>a { }</style>\n';
  say({ method: 'textDocument/didChange', params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: style }] } });
  const place = { textDocument: { uri }, position: { line: 0, character: 11 } };
  say({ id: 2, method: 'velox/styleAt', params: place });
  const answer = await wait(({ id }) => id === 2);
  assert.deepEqual(answer.result, { language: 'css', kind: 'rules', range: { start: { line: 0, character: 7 }, end: { line: 0, character: 12 } } });
  say({ id: 3, method: 'shutdown' });
  await wait(({ id }) => id === 3);
  say({ method: 'exit' });
  assert.equal(await ended, 0);
});

/** The messages of a server, as they come. */
async function* incoming(stream) {
  let buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())?.[1]);
      if (buffer.length < end + 4 + length) break;
      yield JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
      buffer = buffer.subarray(end + 4 + length);
    }
  }
}
