// Publishes what `pack.mjs` made: the packages of the platforms first, then `veloxc`, so that nobody gets one without the others.
//
//   node npm/publish.mjs DIR [--dry-run]
//
// A version that is published already is passed over, so that a run that failed halfway can be repeated. `--dry-run` prints the order.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageOf, platforms, version } from './platforms.mjs';

const [folder, option] = process.argv.slice(2);
if (folder === undefined || (option !== undefined && option !== '--dry-run')) {
  console.error('usage: node npm/publish.mjs DIR [--dry-run]');
  process.exit(2);
}

const names = [...platforms.map(packageOf), 'veloxc'];
const tarballs = names.map((name) => [name, join(folder, `${name.replace('@', '').replace('/', '-')}-${version()}.tgz`)]);
const missing = tarballs.filter(([, tarball]) => !existsSync(tarball));
if (missing.length > 0) {
  console.error(`error: nothing is published, for there is no ${missing.map(([, tarball]) => tarball).join(', ')}`);
  process.exit(1);
}

// A version with a `-` is not what people get who ask for none.
const tag = version().includes('-') ? 'next' : 'latest';
for (const [name, tarball] of tarballs) {
  const args = ['publish', tarball, '--provenance', '--access', 'public', '--tag', tag];
  if (option === '--dry-run') console.log(`npm ${args.join(' ')}`);
  else if (spawnSync('npm', ['view', `${name}@${version()}`, 'version'], { encoding: 'utf8' }).stdout.trim() === version()) {
    console.log(`${name} ${version()} is published already`);
  } else execFileSync('npm', args, { stdio: 'inherit' });
}
