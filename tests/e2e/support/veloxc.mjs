// Runs the compiler, and copies projects to places where it may write.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository, temporary, veloxcPath } from './paths.mjs';

/** Runs `veloxc` to its end: exit code and everything printed. Never throws because of the exit code. */
export function veloxc(args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(veloxcPath(), args, {
      cwd,
      env: { VELOX_ESBUILD: join(repository, 'runtime/node_modules/esbuild'), ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr, printed: stdout + stderr }));
  });
}

/** A fresh folder below `tests/.tmp`. */
export const freshFolder = (name) => mkdtempSync(join(temporary, `${name}-`));

/** A copy of a project without what was generated; installed packages are linked, not copied. */
export function copyProject(project, name) {
  const copy = freshFolder(name);
  cpSync(project, copy, {
    recursive: true,
    filter: (path) => !['node_modules', '.velox', '.data'].includes(basename(path)),
  });
  const packages = join(project, 'node_modules');
  if (existsSync(packages)) symlinkSync(packages, join(copy, 'node_modules'), 'dir');
  return copy;
}

/** Every file of a folder with a hash of its bytes, by path. */
export function fingerprint(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    return [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
  });
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}
