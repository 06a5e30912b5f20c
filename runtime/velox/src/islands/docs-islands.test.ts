// The table of docs/islands.md: each rule of islands has a row, and each file that a row names has a test of that number.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const REPOSITORY = new URL("../../../../", import.meta.url);

test("each rule of islands is held by the tests that its row names", () => {
  const text = readFileSync(new URL("docs/islands.md", REPOSITORY), "utf8");
  const rows = [...text.matchAll(/^\| (ISL-\d+) \| [^|]+ \| ([^|]+) \|$/gm)];
  assert.deepEqual(rows.map(([, rule]) => rule), ["ISL-1", "ISL-2", "ISL-3", "ISL-4", "ISL-5"]);
  for (const [, rule, held] of rows) {
    for (const [, file] of held!.matchAll(/`([^`]+)`/g)) {
      const titles = readFileSync(new URL(file!, REPOSITORY), "utf8").match(/^\s*(?:test|describe)\(["'].*$/gm) ?? [];
      assert.ok(titles.some((title) => title.includes(rule!)), `no test of ${file} is called ${rule}`);
    }
  }
});
