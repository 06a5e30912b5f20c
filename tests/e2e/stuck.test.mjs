// A build whose pages never come to an end: it ends all the same, names each of them, and renders all others.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { freshFolder, veloxc } from './support/veloxc.mjs';

const LIMIT = '1500';
const BUSY = `kept Node busy for ${LIMIT} ms without a pause, as an endless loop does; VELOX_PRERENDER_TIMEOUT sets another limit`;

/** Builds a project of these files; what failed, and the pages that were told of. */
async function built(files) {
  const project = freshFolder('stuck');
  for (const [name, text] of Object.entries({ 'velox.config.ts': 'export default {};\n', ...files })) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const { code, stdout, printed } = await veloxc(['build', '--format', 'json'], { cwd: project, env: { VELOX_PRERENDER_TIMEOUT: LIMIT } });
  rmSync(project, { recursive: true, force: true });
  const failures = JSON.parse(stdout.slice(stdout.indexOf('{'))).diagnostics.filter(({ severity }) => severity === 'error');
  return { code, printed, failures: failures.map(({ file, message }) => `${file}: ${message}`) };
}

const page = (block) => `---\n${block}\n---\n<p>A page</p>\n`;
const many = (count) => `export const paths = () => Array.from({ length: ${count} }, (_, i) => ({ n: String(i) }));`;

test('an endless loop in one page of many fails that page, and the others are rendered', async () => {
  const { code, failures, printed } = await built({
    'routes/index.velox': page('const a = 1;'),
    'routes/n/[n].velox': page(`${many(20)}\nif (params.n === '13') for (;;);`),
    'routes/broken.velox': page("throw new Error('broken');"),
  });
  assert.equal(code, 1, printed);
  assert.deepEqual(failures, [
    'routes/broken.velox: /broken could not be rendered: broken',
    `routes/n/[n].velox: /n/13 could not be rendered: the page ${BUSY}`,
  ]);
});

test('endless `paths` fail their route', async () => {
  const { code, failures, printed } = await built({
    'routes/index.velox': page('const a = 1;'),
    'routes/n/[n].velox': page('export const paths = () => { for (;;); };'),
  });
  assert.equal(code, 1, printed);
  assert.deepEqual(failures, [`routes/n/[n].velox: \`paths\` of this route ${BUSY}`]);
});

test('where every page is stuck the build does not try them all', async () => {
  const { code, failures, printed } = await built({ 'routes/n/[n].velox': page(`${many(50)}\nfor (;;);`) });
  assert.equal(code, 1, printed);
  assert.equal(failures.length, 4, printed);
  assert.match(failures.join('\n'), /3 pages kept Node busy without a pause; the rest was not rendered/);
});
