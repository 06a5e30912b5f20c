// Installs code-server, VS Code's workbench for a browser, into `target/workbench/`, for `run.mjs`. Takes a minute or two, once.
//
// Its own install script wants a build of each native module; only those that the workbench needs are built here, with the headers
// of the Node that runs this. Prints the folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** VS Code 1.100.3: the last one that runs in Node 20. */
const VERSION = '4.100.3';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const folder = join(repository, 'target/workbench');
const server = join(folder, 'node_modules/code-server');
const vscode = join(server, 'lib/vscode');

/** The program that the search of VS Code starts; its own copy would be downloaded. */
function ripgrep() {
  try {
    return execFileSync('sh', ['-c', 'command -v rg'], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error('ripgrep is missing: install it (Debian: apt-get install ripgrep)');
  }
}

function npm(cwd, ...args) {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
  console.error(`$ npm ${args.join(' ')}   (${cwd})`);
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...headers },
  });
}

/** Runs a step, and is content with what it left where it ends with a failure after the file is there. */
function until(file, step) {
  if (existsSync(file)) return;
  try {
    step();
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
  if (!existsSync(file)) throw new Error(`${file} is not there after its step`);
}

function link(target, path) {
  if (!existsSync(path)) symlinkSync(target, path);
}

/** Sets everything up, unless it is there. Gives the folder of code-server. */
export function setup() {
  const done = join(folder, `ready-${VERSION}-${process.versions.modules}`);
  if (existsSync(done)) return server;
  const rg = ripgrep();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { 'code-server': VERSION } }));
  npm(folder, 'install', '--ignore-scripts');
  for (const inner of [vscode, join(vscode, 'extensions')]) {
    npm(inner, 'install', '--ignore-scripts', '--omit=dev');
    link('node_modules', join(inner, 'node_modules.asar'));
  }
  const built = (name) => join(vscode, 'node_modules', name);
  until(built('@vscode/spdlog/build/Release/spdlog.node'), () => npm(vscode, 'rebuild', '@vscode/spdlog'));
  until(built('native-watchdog/build/Release/watchdog.node'), () => npm(vscode, 'rebuild', 'native-watchdog'));
  until(built('node-pty/build/Release/pty.node'), () => npm(vscode, 'rebuild', 'node-pty'));
  until(join(folder, 'node_modules/argon2/lib/binding/napi-v3/argon2.node'), () => argon2());
  mkdirSync(built('@vscode/ripgrep/bin'), { recursive: true });
  link(rg, built('@vscode/ripgrep/bin/rg'));
  writeFileSync(done, '');
  return server;
}

function argon2() {
  npm(folder, 'rebuild', 'argon2', '--build-from-source');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(setup());
