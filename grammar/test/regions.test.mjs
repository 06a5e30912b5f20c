// The grammar sees the parts of a file where the compiler sees them, in every `.velox` file of the repository.
//
// Of files with syntax errors it is only held that the server block ends where the compiler ends it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtures } from '../support/fixtures.mjs';
import { has, violations } from '../support/invariants.mjs';
import { outlines } from '../support/outline.mjs';
import { tokenize } from '../support/tokenizer.mjs';

/** Files with a `---` line in a template literal or a comment: there the grammar ends the block, and the compiler does not. */
const beyond = ['tests/cases/fences/dashes_in_code.velox', 'tests/corpus/marketing/routes/offices.velox'];

const files = fixtures();
const outlined = outlines(files.map((file) => file.text));
const read = files.map((file, index) => {
  const begun = performance.now();
  const tokenized = tokenize(file.text);
  return { ...file, outline: outlined[index], tokenized, took: performance.now() - begun };
});
const sound = read.filter((file) => !file.broken && file.outline.sound);

test('there are files to look at', () => {
  assert.ok(sound.length > 750, `${sound.length} of ${files.length} files are well formed`);
  for (const name of beyond) assert.ok(sound.some((file) => file.name === name), name);
});

for (const { name, text, outline, tokenized } of sound) {
  test(name, () => {
    const found = violations(text, tokenized, outline);
    if (beyond.includes(name)) assert.match(found[0], /the server block: "---" is punctuation\.definition\.fence\.end/);
    else assert.deepEqual(found, []);
  });
}

test('a line is tokenized long before the editor gives up on it', () => {
  for (const { name, tokenized, took } of read) {
    assert.equal(tokenized.stopped, 0, name);
    assert.ok(took < 20_000, `${name}: ${took} ms`);
  }
});

test('the closing fence wins in broken files too', () => {
  let seen = 0;
  for (const { name, text, outline, tokenized } of read) {
    const { server, template } = outline;
    const fence = server && text.slice(server.close.start).match(/^---[ \t]*(?=\r?\n|$)/);
    const prologue = server && text.slice(0, server.open.start);
    // What stands before the block, or in its literals, has the compiler guess.
    if (!fence || beyond.includes(name) || /[^\s\u{FEFF}]/u.test(prologue.replace(/<!--[^]*?-->/g, ''))) continue;
    if (/^---[ \t]*$/m.test(text.slice(server.body.start, server.body.end))) continue;
    if (!/^---[ \t]*$/m.test(text.slice(server.open.start, server.body.start))) continue;
    seen += 1;
    const { tokens } = tokenized;
    const close = tokens.find((token) => token.start <= server.close.start && token.end > server.close.start);
    assert.ok(has(close, 'punctuation.definition.fence.end'), `${name}: the closing fence is ${close.scopes.join(' ')}`);
    const first = tokens.find((token) => token.end > template.start && text.slice(Math.max(token.start, template.start), token.end).trim() !== '');
    if (first) assert.ok(!has(first, 'source.ts'), `${name}: the template begins as ${first.scopes.join(' ')}`);
  }
  assert.ok(seen > 400, `${seen} files`);
});
