// What a page fetches ahead for an island.

import assert from "node:assert/strict";
import { test } from "node:test";
import { entryFiles } from "./entry-files.js";

const output = (imports: readonly [string, string][], more: object = {}) => ({
  bytes: 1, inputs: {}, exports: [], imports: imports.map(([path, kind]) => ({ path, kind })), ...more,
});

test("an entry's files: what it imports through others, not what it may load later", () => {
  const metafile = {
    inputs: {},
    outputs: {
      "out/A.1.js": output([["out/chunk.1.js", "import-statement"], ["out/late.1.js", "dynamic-import"], ["out/slots.1.js", "dynamic-import"]], { entryPoint: "velox:islands/a.js", cssBundle: "out/A.1.css" }),
      "out/chunk.1.js": output([["out/chunk.2.js", "import-statement"], ["out/A.1.js", "import-statement"]]),
      "out/chunk.2.js": output([["https://cdn.example/x.js", "import-statement"]].map(([path, kind]) => [path!, kind!] as [string, string])),
      "out/slots.1.js": output([], { entryPoint: "../node_modules/velox/dist/islands/slots.js" }),
      "out/late.1.js": output([], { entryPoint: "node_modules/late.js" }),
    },
  };
  metafile.outputs["out/chunk.2.js"].imports[0] = { path: "https://cdn.example/x.js", kind: "import-statement", external: true } as never;
  assert.deepEqual(entryFiles(metafile as never, "velox:"), {
    "islands/a.js": { src: "/_velox/A.1.js", preload: ["/_velox/chunk.1.js", "/_velox/chunk.2.js"], styles: ["/_velox/A.1.css"], slots: "/_velox/slots.1.js" },
  });
});
