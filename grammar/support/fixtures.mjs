// All `.velox` files of the repository, as texts: fixtures without the lines that belong to the harness, sites, examples, and the
// torture files of the grammar.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folders that hold `.velox` files, of people or of tools. */
const folders = ['tests/cases', 'tests/corpus', 'tests/format', 'compiler', 'examples', 'grammar/test/torture'];

/** Texts with their names; `broken` where a syntax error is expected. */
export function fixtures() {
  return folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.velox') && !/(?:^|\/)(?:node_modules\/|\.velox(?:\/|$))/.test(path))
      .sort()
      .flatMap((path) => files(`${folder}/${path}`)),
  );
}

/** The files of a fixture (`tests/README.md` has its language). */
function files(path) {
  const found = [];
  for (const line of readFileSync(join(repository, path), 'utf8').split(/(?<=\n)/)) {
    const begins = /^\/\/- \/(\S+)/.exec(line);
    if (begins) {
      found.push({ name: `${path}: ${begins[1]}`, text: '', broken: false });
      continue;
    }
    if (found.length === 0) found.push({ name: path, text: '', broken: false });
    const file = found.at(-1);
    if (line.startsWith('//~')) file.broken ||= /\bVX0(?:[12]\d\d|301)\b/.test(line);
    else file.text += line;
  }
  return found.filter(({ name }) => name.endsWith('.velox'));
}
