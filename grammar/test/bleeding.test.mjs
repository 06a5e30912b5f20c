// What a server block, a style or a script leaves open colours nothing behind its end.
//
// Each file is spoilt in one way, the ways taking turns, and what follows must have the scopes that it has in the sound file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtures } from '../support/fixtures.mjs';
import { outlines } from '../support/outline.mjs';
import { tokenize } from '../support/tokenizer.mjs';

const openers = {
  'a template literal': 'const broken = `never ${closed',
  'a string': "const broken = 'never closed",
  'a comment': '/* never closed',
  'brackets': 'const broken = [{ a: (b',
  'type arguments': 'const broken: Array<Map<string, () =>',
  'a regular expression': 'const broken = /[never closed',
  'an arrow function': 'const broken = <T,>(a: T',
  'a string in a list of declarations': 'a { content: "never closed',
  'a function of CSS': '@media (a: url(never closed',
};
const ways = Object.entries(openers);

const files = fixtures();
const outlined = outlines(files.map((file) => file.text));
const sound = files.map((file, index) => ({ ...file, outline: outlined[index] })).filter((file) => !file.broken && file.outline.sound);

/** Scopes from an offset on, a line for each token. */
const from = (tokens, text, offset) =>
  tokens
    .filter((token) => token.end > offset)
    .map((token) => `${text.slice(Math.max(token.start, offset), token.end)} ${token.scopes.join(' ')}`);

const known = new Map();

function check(places) {
  assert.ok(places.length > 0);
  for (const [index, { name, text, at, end }] of places.entries()) {
    const [way, opener] = ways[index % ways.length];
    const spoilt = text.slice(0, at) + opener + text.slice(at);
    if (!known.has(text)) known.set(text, tokenize(text).tokens);
    const after = from(tokenize(spoilt).tokens, spoilt, end + opener.length);
    assert.deepEqual(after, from(known.get(text), text, end), `${name}: ${way}`);
  }
}

test('a server block', () => {
  const fence = /^---[ \t]*$/m;
  check(
    sound
      .filter(({ text, outline: { server } }) => server && /\n$/.test(text.slice(server.body.start, server.body.end)))
      .filter(({ text, outline: { server } }) => !fence.test(text.slice(server.body.start, server.body.end)))
      .map(({ name, text, outline: { server } }) => ({ name, text, at: server.body.end - 1, end: server.close.start })),
  );
});

test('styles and scripts', () => {
  const raw = sound.flatMap((file) => file.outline.parts.filter((part) => part.kind === 'raw').map((part) => ({ ...file, part })));
  check(raw.map(({ name, text, part }) => ({ name, text, at: part.end, end: part.end })));
  check(raw.map(({ name, text, part }) => ({ name, text, at: part.start, end: part.end })));
});
