// The one list of platforms that `veloxc` is published for, and the version that everything is published as.
//
// For the release workflow `node npm/platforms.mjs --matrix` prints it as JSON, `--editors` a line for each extension (the platform,
// what VS Code calls it, its language server), and `--tag v1.2.3` fails unless that is the version.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The repository's root. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * `name` ends the package's name; `os`, `cpu` and `libc` are what npm compares with the machine; `target` is what Rust calls it,
 * `editor` what VS Code calls it, `runner` where GitHub builds it. The C library of the GNU packages is as old as the runner.
 */
export const platforms = [
  { name: 'linux-x64', os: 'linux', cpu: 'x64', libc: 'glibc', target: 'x86_64-unknown-linux-gnu', editor: 'linux-x64', runner: 'ubuntu-22.04' },
  { name: 'linux-arm64', os: 'linux', cpu: 'arm64', libc: 'glibc', target: 'aarch64-unknown-linux-gnu', editor: 'linux-arm64', runner: 'ubuntu-22.04-arm' },
  { name: 'linux-x64-musl', os: 'linux', cpu: 'x64', libc: 'musl', target: 'x86_64-unknown-linux-musl', editor: 'alpine-x64', runner: 'ubuntu-24.04' },
  { name: 'linux-arm64-musl', os: 'linux', cpu: 'arm64', libc: 'musl', target: 'aarch64-unknown-linux-musl', editor: 'alpine-arm64', runner: 'ubuntu-24.04-arm' },
  { name: 'darwin-x64', os: 'darwin', cpu: 'x64', target: 'x86_64-apple-darwin', editor: 'darwin-x64', runner: 'macos-15-intel' },
  { name: 'darwin-arm64', os: 'darwin', cpu: 'arm64', target: 'aarch64-apple-darwin', editor: 'darwin-arm64', runner: 'macos-15' },
  { name: 'win32-x64', os: 'win32', cpu: 'x64', target: 'x86_64-pc-windows-msvc', editor: 'win32-x64', runner: 'windows-2025' },
  { name: 'win32-arm64', os: 'win32', cpu: 'arm64', target: 'aarch64-pc-windows-msvc', editor: 'win32-arm64', runner: 'windows-11-arm' },
];

/** The package of a platform. */
export const packageOf = (platform) => `@velox/cli-${platform.name}`;

/** The file of a program on a platform. */
export const programOn = (platform, program = 'veloxc') => (platform.os === 'win32' ? `${program}.exe` : program);

/** The version of the Cargo workspace. */
export function version() {
  const manifest = readFileSync(join(repository, 'Cargo.toml'), 'utf8');
  const found = /^\[workspace\.package\]\s*\n(?:(?!\[).*\n)*?version = "([^"]+)"/m.exec(manifest)?.[1];
  if (found === undefined) throw new Error('Cargo.toml: [workspace.package] has no version');
  return found;
}

/** The platform of this machine; none where `veloxc` is not published for it. */
export function thisPlatform() {
  const libc = process.platform === 'linux' ? (process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl') : undefined;
  return platforms.find(({ os, cpu, libc: its }) => os === process.platform && cpu === process.arch && its === libc);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [option, tag] = process.argv.slice(2);
  if (option === '--matrix') {
    console.log(JSON.stringify({ include: platforms.map((platform) => ({ ...platform, exe: platform.os === 'win32' ? '.exe' : '' })) }));
  } else if (option === '--editors') {
    for (const platform of platforms) console.log(platform.name, platform.editor, programOn(platform, 'velox-lsp'));
  } else if (option === '--tag' && tag !== undefined) {
    if (tag !== `v${version()}`) {
      console.error(`error: the tag is ${tag}, and Cargo.toml says version ${version()}: the tag has to be v${version()}`);
      process.exit(1);
    }
  } else {
    console.error('usage: node npm/platforms.mjs --matrix | --editors | --tag vX.Y.Z');
    process.exit(2);
  }
}
