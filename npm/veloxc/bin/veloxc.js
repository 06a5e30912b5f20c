#!/usr/bin/env node
// Starts the program `veloxc`, which lies in the package of this platform, and gets out of its way: arguments, standard input and
// output, signals and the exit code are passed on as they are.
//
// Refuses to download anything: what is not installed is said, with the command that installs it.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';

const require = createRequire(import.meta.url);
const program = process.platform === 'win32' ? 'veloxc.exe' : 'veloxc';
const published = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).optionalDependencies);

/** Packages that may hold the program for this machine, the likelier one first. */
function candidates() {
  const exact = `@velox/cli-${process.platform}-${process.arch}`;
  const found = published.filter((name) => name === exact || name === `${exact}-musl`);
  return found.length > 1 && installed(exact) && installed(`${exact}-musl`) && isMusl() ? found.reverse() : found;
}

function installed(name) {
  try {
    return require.resolve(`${name}/bin/${program}`);
  } catch {
    return undefined;
  }
}

/** Asked only where both packages are installed, as some package managers do: it takes a while. */
function isMusl() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

function missing(names) {
  const machine = `${process.platform} ${process.arch}`;
  if (names.length === 0) {
    return `there is no program for ${machine}; there is one for ${published.map((name) => name.replace('@velox/cli-', '')).join(', ')}

Build it with cargo (\`cargo install --path compiler/cli\` in the repository), and name it in the environment variable VELOXC_BINARY.`;
  }
  return `the package ${names.map((name) => `\`${name}\``).join(' or ')} is not installed: it holds the program for ${machine}

It is an optional dependency of \`veloxc\`. It is missing where
- optional dependencies were left out (\`--no-optional\`, \`--omit=optional\`, \`omit=optional\` in .npmrc): install again with
  \`npm install --include=optional\`;
- node_modules was copied from another machine, or into a container: install there;
- the lock file was written on another platform, by an npm that forgot this one: delete it with node_modules, and install again.

A program from elsewhere can be named in the environment variable VELOXC_BINARY.`;
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

const names = candidates();
const path = process.env.VELOXC_BINARY || names.map(installed).find(Boolean) || fail(missing(names));
const child = spawn(path, process.argv.slice(2), { stdio: 'inherit', windowsHide: true });

// Whoever sends a signal sends it to this process. From a terminal the program gets its own; a second one does no harm.
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'].filter((signal) => signal in constants.signals);
for (const signal of passedOn) process.on(signal, () => child.kill(signal));

child.on('error', (error) => fail(`${path} cannot be started: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  for (const one of passedOn) process.removeAllListeners(one);
  process.kill(process.pid, signal);
});
