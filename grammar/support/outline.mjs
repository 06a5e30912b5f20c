// Where the compiler sees the parts of texts: runs the example `outline` of `compiler/syntax`.

import { spawnSync } from 'node:child_process';
import { repository } from './fixtures.mjs';

/** The outlines of texts, with offsets in UTF-16 units. */
export function outlines(texts) {
  const args = ['run', '--quiet', '--package', 'velox_syntax', '--example', 'outline'];
  const run = spawnSync('cargo', args, { cwd: repository, input: JSON.stringify(texts), maxBuffer: 2 ** 28 });
  if (run.status !== 0) throw new Error(`cargo ${args.join(' ')}: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout).map((outline, index) => converted(outline, texts[index]));
}

function converted({ server, template, sound, parts }, text) {
  const at = offsets(text);
  const span = ([start, end]) => ({ start: at(start), end: at(end) });
  return {
    sound,
    server: server && { open: span(server[0]), body: span(server[1]), close: span(server[2]) },
    template: span(template),
    parts: parts.map((part) => ({ ...part, ...span([part.start, part.end]) })),
  };
}

/** From byte offsets to those in UTF-16 units. */
function offsets(text) {
  const table = new Uint32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  let unit = 0;
  for (const character of text) {
    table[byte] = unit;
    byte += Buffer.byteLength(character);
    unit += character.length;
  }
  table[byte] = unit;
  return (offset) => table[offset];
}
