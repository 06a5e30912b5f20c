// Makes the npm packages: `veloxc`, and one for each platform with the program in it.
//
//   node npm/pack.mjs --out DIR [--binary FILE | --binaries DIR] [--repository OWNER/NAME]
//
// `--binary` is the program for this machine, and makes the package of this platform alone. `--binaries` is a folder with a folder for
// each platform (`linux-x64/veloxc`), and makes all of them; one that is missing is an error. Prints the paths of the tarballs.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageOf, platforms, programOn, repository, thisPlatform, version } from './platforms.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const common = { license: 'MIT OR Apache-2.0', engines: { node: '>=20' }, preferUnplugged: true };

/** The manifest of a platform's package. */
export function manifestOf(platform, origin) {
  return {
    name: packageOf(platform),
    version: version(),
    description: `The program of veloxc for ${platform.name}.`,
    ...common,
    ...origin,
    os: [platform.os],
    cpu: [platform.cpu],
    ...(platform.libc && { libc: [platform.libc] }),
    files: ['bin', 'LICENSE-*'],
  };
}

/** The manifest of `veloxc`. */
export function mainManifest(origin) {
  return {
    name: 'veloxc',
    version: version(),
    description: 'The compiler for .velox files: checks a project, builds it, formats it, and explains itself.',
    keywords: ['velox', 'compiler', 'ssr', 'ssg', 'typescript'],
    type: 'module',
    ...common,
    ...origin,
    bin: { veloxc: 'bin/veloxc.js' },
    files: ['bin', 'LICENSE-*'],
    optionalDependencies: Object.fromEntries(platforms.map((platform) => [packageOf(platform), version()])),
  };
}

/** Packs `veloxc` and the packages of `programs` (a map from platforms to files); gives the tarballs, `veloxc` last. */
export function pack({ out, programs, origin = {} }) {
  const folder = join(out, 'packages');
  rmSync(folder, { recursive: true, force: true });
  const tarballs = [];
  for (const [platform, program] of programs) {
    if (!existsSync(program)) throw new Error(`there is no program for ${platform.name} at ${program}`);
    const at = join(folder, platform.name);
    mkdirSync(join(at, 'bin'), { recursive: true });
    const inside = join(at, 'bin', programOn(platform));
    copyFileSync(program, inside);
    // What went through an archive may have lost it.
    chmodSync(inside, 0o755);
    writeFileSync(join(at, 'README.md'), `# ${packageOf(platform)}\n\nThe program of [veloxc](https://www.npmjs.com/package/veloxc) for ${platform.name}. Install \`veloxc\`.\n`);
    tarballs.push(tarball(at, manifestOf(platform, origin), out));
  }
  const main = join(folder, 'veloxc');
  cpSync(join(here, 'veloxc'), main, { recursive: true });
  chmodSync(join(main, 'bin/veloxc.js'), 0o755);
  tarballs.push(tarball(main, mainManifest(origin), out));
  return tarballs;
}

function tarball(folder, manifest, out) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const license of ['LICENSE-MIT', 'LICENSE-APACHE']) copyFileSync(join(repository, license), join(folder, license));
  const npm = process.platform === 'win32' ? ['npm.cmd', { shell: true }] : ['npm', {}];
  execFileSync(npm[0], ['pack', '--silent', '--pack-destination', out], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], ...npm[1] });
  return join(out, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, binary: { type: 'string' }, binaries: { type: 'string' }, repository: { type: 'string' } },
  });
  const { binary, binaries } = values;
  if (!values.out || !binary === !binaries) {
    console.error('usage: node npm/pack.mjs --out DIR (--binary FILE | --binaries DIR) [--repository OWNER/NAME]');
    process.exit(2);
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const programs = binary
    ? [[thisPlatform() ?? fail(`there is no package for ${process.platform} ${process.arch}`), resolve(binary)]]
    : platforms.map((platform) => [platform, join(resolve(binaries), platform.name, programOn(platform))]);
  // npm takes a provenance only where the manifest names the repository that it was built in.
  const origin = values.repository && {
    repository: { type: 'git', url: `git+https://github.com/${values.repository}.git`, directory: 'npm' },
  };
  for (const tarball of pack({ out, programs, origin: origin || {} })) console.log(tarball);
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}
