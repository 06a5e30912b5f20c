// Makes the texts of inline scripts: a module with all that it imports as one minified line, in a module beside it.
import { buildSync } from "esbuild";
import { writeFileSync } from "node:fs";

/** Source, its form (what has names at its top is wrapped in a function), the module that is made, its constant, and what that is. */
const SCRIPTS = [
  ["src/islands/loader.ts", "esm", "src/islands/loader-text.ts", "LOADER", "The island loader as the text of an inline script."],
  [
    "src/client/browser/late-head-inline.ts",
    "iife",
    "src/render/late-head-text.ts",
    "LATE_HEAD",
    "What puts tags of late content into the head, as the text of an inline script.",
  ],
];

for (const [source, format, made, name, what] of SCRIPTS) {
  const options = { entryPoints: [source], bundle: true, minify: true, format, target: "es2022", write: false };
  const text = buildSync(options).outputFiles[0].text.trim();
  if (text.includes("</") || text.includes("<!--")) throw new Error(`${source} would end its own element`);
  writeFileSync(
    made,
    `// Made of ${source} by scripts/inline.mjs; not in the repository.\n\n/** ${what} */\nexport const ${name} = ${JSON.stringify(text)};\n`,
  );
}
