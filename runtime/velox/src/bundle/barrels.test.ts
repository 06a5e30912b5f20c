// Which exports a module reaches of a list of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { linesOf, narrowed } from "./barrels.js";

const LIST = `// What components import.
export { batch, computed, signal } from "./signals.js";
export { make as onMount } from "./lifecycle.js";
export { Link } from "./router/hooks.js";
`;

test("a list is told from a module that is more", () => {
  assert.deepEqual(linesOf(LIST), [
    { names: ["batch", "computed", "signal"], from: "./signals.js" },
    { names: ["make as onMount"], from: "./lifecycle.js" },
    { names: ["Link"], from: "./router/hooks.js" },
  ]);
  const formatted = "/* Two\n lines. */\nexport {\n  one,\n  two as $two, // the second\n} from './a';";
  assert.equal(linesOf(formatted), null);
  assert.deepEqual(linesOf(formatted.replace(" // the second", "")), [{ names: ["one", "two as $two"], from: "./a" }]);
  for (const more of ["const one = 1;", 'import "./x.js";', 'export * from "./x.js";', "export { one };"]) {
    assert.equal(linesOf(LIST + more), null, more);
  }
});

test("an importer reaches what it names", () => {
  const table: [importer: string, list: string | null][] = [
    ['import { signal as s } from "velox/client";', 'export { signal } from "./signals.js";\n'],
    ['import { onMount, batch } from "velox/client";', 'export { batch } from "./signals.js";\nexport { make as onMount } from "./lifecycle.js";\n'],
    ['import "velox/client";', ""],
    ['import { signals, make } from "./mine";', ""],
    // A name that stands anywhere keeps the export.
    ['import { batch } from "velox/client"; const Link = "a";', 'export { batch } from "./signals.js";\nexport { Link } from "./router/hooks.js";\n'],
    ['import * as client from "velox/client";', null],
    ['import*as client from "velox/client";', null],
    ['export * from "velox/client";', null],
    ['const { Link } = await import("velox/client");', null],
    ['import { \\u0073ignal } from "velox/client";', null],
  ];
  for (const [importer, list] of table) assert.equal(narrowed(linesOf(LIST)!, importer), list, importer);
});

test("what the runtime's packages export to browsers can be narrowed", () => {
  const lists: [folder: string, entry: string][] = [["velox", "."], ["velox", "./client"], ["velox", "./internal"], ["query", "."]];
  for (const [name, entry] of lists) {
    const folder = fileURLToPath(new URL(`../../../${name}/`, import.meta.url));
    const { exports } = JSON.parse(readFileSync(folder + "package.json", "utf8")) as { exports: Record<string, { browser: string }> };
    const lines = linesOf(readFileSync(folder + exports[entry]!.browser, "utf8"));
    assert.ok(lines !== null && lines.length > 1, `${name} ${entry}`);
  }
});
