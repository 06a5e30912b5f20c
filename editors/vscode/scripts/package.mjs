// Packages the extension for one platform, with a server in it:
//
//   npm run package -- --binary PATH [--target linux-x64] [--out FILE] [--repository OWNER/NAME]
//
// The binary is `velox-lsp` as cargo built it. The repository on GitHub is where the links and pictures of the README lead in a shop.
// Prints the path of the .vsix.
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { bundle } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LICENSES = ['LICENSE-APACHE', 'LICENSE-MIT'];

/** The platforms of VS Code, by those of Node. */
function thisTarget() {
  const libc = process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  return `${libc ? 'alpine' : process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
}

/** Packages, and gives the path of the file. */
export async function pack({ binary, target = thisTarget(), out, repository }) {
  if (!existsSync(binary) || !statSync(binary).isFile()) throw new Error(`there is no server at ${binary}`);
  const file = resolve(out ?? join(root, '../../target/vsix', `velox-${target}.vsix`));
  const server = join(root, 'server');
  rmSync(server, { recursive: true, force: true });
  mkdirSync(server);
  mkdirSync(dirname(file), { recursive: true });
  const inside = join(server, target.startsWith('win32') ? 'velox-lsp.exe' : 'velox-lsp');
  copyFileSync(binary, inside);
  chmodSync(inside, 0o755);
  for (const license of LICENSES) copyFileSync(join(root, '../..', license), join(root, license));
  try {
    await bundle();
    const links = repository
      ? { baseContentUrl: `https://github.com/${repository}/blob/HEAD/editors/vscode`, baseImagesUrl: `https://raw.githubusercontent.com/${repository}/HEAD/editors/vscode` }
      : { rewriteRelativeLinks: false };
    await createVSIX({ cwd: root, packagePath: file, target, dependencies: false, allowMissingRepository: true, ...links });
  } finally {
    rmSync(server, { recursive: true, force: true });
    for (const license of LICENSES) rmSync(join(root, license), { force: true });
  }
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { binary: { type: 'string' }, target: { type: 'string' }, out: { type: 'string' }, repository: { type: 'string' } },
  });
  if (!values.binary) {
    console.error('usage: npm run package -- --binary PATH [--target linux-x64] [--out FILE] [--repository OWNER/NAME]');
    process.exit(2);
  }
  const file = await pack(values);
  console.log(`${file} (${(statSync(file).size / 1e6).toFixed(1)} MB)`);
}
