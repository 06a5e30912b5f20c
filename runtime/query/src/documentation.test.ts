// The table in docs/query.md names tests that are there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const repository = new URL("../../../", import.meta.url);

test("each rule of docs/query.md is held by tests that exist", () => {
  const page = readFileSync(new URL("docs/query.md", repository), "utf8");
  const named = [...page.slice(page.indexOf("## Which test holds what")).matchAll(/`([^`]+\.(?:ts|mjs|velox))`(?: "([^"]+)")?/g)];
  assert.ok(named.length > 20);
  for (const [, file, name] of named) {
    const path = new URL(/^(?:tests|runtime)\//.test(file!) ? file! : `runtime/query/src/${file}`, repository);
    assert.ok(existsSync(path), file);
    if (name === undefined) continue;
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(`test("${name}"`) || text.includes(`test('${name.replace(/'/g, "\\'")}'`), `${file}: ${name}`);
  }
});
