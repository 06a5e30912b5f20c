// Bundles the extension into `dist/extension.js`; with `--tests` the tests into `.test/`.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

/** Bundles the extension. */
export async function bundle() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
  });
  writeFileSync(join(root, 'dist/licenses.txt'), licenses(Object.keys(metafile.inputs)));
}

/** The licences of the packages that files come from. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${folder} has no licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
  });
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** Bundles the tests of what needs no editor. */
async function bundleTests() {
  const out = join(root, '.test');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const entryPoints = readdirSync(join(root, 'test')).filter((file) => file.endsWith('.test.ts'));
  await build({
    ...shared,
    entryPoints: entryPoints.map((file) => `test/${file}`),
    outdir: '.test',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    sourcemap: 'inline',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await (process.argv.includes('--tests') ? bundleTests() : bundle());
}
