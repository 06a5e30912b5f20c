// Where things lie: the repository, the example, the compiler, and a folder for what tests leave behind.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const blog = join(repository, 'examples/blog');

/** Screenshots and copies of projects; ignored by git. */
export const temporary = join(repository, 'tests/.tmp');
mkdirSync(temporary, { recursive: true });

/** The compiler under test: `VELOXC`, else the debug build. */
export function veloxcPath() {
  const path = resolve(process.env.VELOXC ?? join(repository, 'target/debug/veloxc'));
  if (!existsSync(path)) throw new Error(`no compiler at ${path}: run \`cargo build -p veloxc\`, or name it in VELOXC`);
  return path;
}
