// Bundles the extension into `dist/extension.js`; with `--tests` the tests into `.test/`.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
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
  await build({
    ...shared,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
  });
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
