// Who may do without infinite queries.

import assert from "node:assert/strict";
import { test } from "node:test";
import { usesQueryCore } from "./query-core.js";

const input = (...imports: string[]) => ({ bytes: 1, imports: imports.map((path) => ({ path, kind: "import-statement" as const })) });

test("query-core is whole where anything but @velox/query imports it", () => {
  const ours = {
    "node_modules/@velox/query/dist/browser/client.js": input("node_modules/@tanstack/query-core/build/modern/index.js"),
    "node_modules/@tanstack/query-core/build/modern/index.js": input("node_modules/@tanstack/query-core/build/modern/query.js"),
    "velox:server/components/List.tsx.js": input("velox-list:@velox/query!server/components/List.tsx.js"),
  };
  assert.equal(usesQueryCore({ inputs: ours }), false);
  const theirs = input("../node_modules/@tanstack/query-core/build/modern/index.js");
  assert.equal(usesQueryCore({ inputs: { ...ours, "velox:server/lib/pages.ts.js": theirs } }), true);
  assert.equal(usesQueryCore({ inputs: { ...ours, "node_modules/a/query.js": theirs } }), true);
});
