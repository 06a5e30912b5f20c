// What is committed for the extension is what `source/` gives.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { grammars, output, printed } from '../build.mjs';

for (const [file, grammar] of Object.entries(grammars())) {
  test(`${file} is what \`npm run build\` gives`, () => {
    assert.equal(readFileSync(join(output, file), 'utf8'), printed(grammar));
  });
}
