// Puts the server's settings (`settings.json`, made of its types by `cargo xtask generate`) into the manifest. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = join(root, 'package.json');
const before = readFileSync(manifest, 'utf8');
const described = JSON.parse(before);
const [own] = described.contributes.configuration;
own.properties = JSON.parse(readFileSync(join(root, 'settings.json'), 'utf8'));
const after = `${JSON.stringify(described, null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('the settings in editors/vscode/package.json are not those of the server: run `cargo xtask generate`');
    process.exitCode = 1;
  }
} else if (after !== before) {
  writeFileSync(manifest, after);
}
