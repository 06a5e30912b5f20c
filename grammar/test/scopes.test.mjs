// The scopes of each token, in files that are hard to colour and in a few as people write them.
//
// `UPDATE_SNAPSHOTS=1 npm test` writes what it finds; read it before you commit it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/fixtures.mjs';
import { shown } from '../support/tokenizer.mjs';

const torture = 'grammar/test/torture';
const files = [
  ...readdirSync(join(repository, torture)).map((file) => `${torture}/${file}`),
  'tests/cases/clean/landing_page.velox',
  'tests/cases/clean/settings_page.velox',
  'tests/cases/expressions/closing_tags_in_strings.velox',
  'tests/cases/template/global_styles_and_scripts.velox',
];
const snapshots = join(repository, 'grammar/test/snapshots');
const nameOf = (file) => `${basename(file, '.velox')}.txt`;

if (process.env.UPDATE_SNAPSHOTS) {
  rmSync(snapshots, { recursive: true, force: true });
  mkdirSync(snapshots);
  for (const file of files) writeFileSync(join(snapshots, nameOf(file)), shown(readFileSync(join(repository, file), 'utf8')));
}

for (const file of files) {
  test(file, () => {
    assert.equal(shown(readFileSync(join(repository, file), 'utf8')), readFileSync(join(snapshots, nameOf(file)), 'utf8'));
  });
}

test('each snapshot is that of a file', () => {
  assert.deepEqual(readdirSync(snapshots).sort(), files.map(nameOf).sort());
});
