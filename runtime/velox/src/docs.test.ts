// The tables in `docs/` that say which test holds a rule: each test that is named there exists.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

// This file runs as `.test/docs.test.js`.
const runtime = fileURLToPath(new URL("../", import.meta.url));
const repository = join(runtime, "../..");

for (const [name, least] of [["streaming", 30], ["escaping", 15]] as const) test(`docs/${name}.md names tests that exist`, () => {
  const page = readFileSync(join(repository, `docs/${name}.md`), "utf8");
  const table = page.slice(page.indexOf("## What holds it"));
  let names = 0;
  for (const [, file, list] of table.matchAll(/`([\w./-]+\.test\.m?[jt]s)` ((?:"[^"\n]+"(?:, )?)+)/g)) {
    const path = file!.endsWith(".mjs") ? join(repository, "tests/e2e", file!) : join(runtime, "src", file!);
    assert.ok(existsSync(path), path);
    const text = readFileSync(path, "utf8");
    for (const [, name] of list!.matchAll(/"([^"]+)"/g)) {
      assert.ok(new RegExp("test\\(\\s*[\"'`]" + name!.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/`/g, "\\\\?`")).test(text), `${file}: ${name}`);
      names++;
    }
  }
  // Fixtures that are named exist too.
  for (const [, path] of table.matchAll(/`(tests\/cases\/[\w./-]+)`/g)) assert.ok(existsSync(join(repository, path!)), path);
  assert.ok(names > least, String(names));
});
