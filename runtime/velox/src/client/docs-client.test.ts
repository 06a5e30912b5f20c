// The table of docs/client.md: each file that a row names is there, and each test that it quotes is called so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const REPOSITORY = new URL("../../../../", import.meta.url);

test("each sentence about client code is held by the tests that its row names", () => {
  const text = readFileSync(new URL("docs/client.md", REPOSITORY), "utf8");
  const table = text.slice(text.indexOf("## What holds this"));
  const rows = [...table.matchAll(/^\| (.+) \| ([^|]*`[^|]+) \|$/gm)];
  assert.ok(rows.length >= 8);
  for (const [, sentence, held] of rows) {
    const files = [...held!.matchAll(/`([^`]+)`/g)].map(([, file]) => readFileSync(new URL(file!, REPOSITORY), "utf8"));
    assert.ok(files.length > 0, sentence);
    for (const [, title] of held!.matchAll(/"([^"]+)"/g)) {
      assert.ok(files.some((file) => file.includes(`test('${title}'`) || file.includes(`test("${title}"`)), `no test is called ${title}`);
    }
  }
});
