// Makes the text of the inline scripts: `src/islands/loader.ts` as one minified line in `src/islands/loader-text.ts`.
import { transformSync } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";

const source = readFileSync("src/islands/loader.ts", "utf8");
const { code } = transformSync(source, { loader: "ts", minify: true, format: "esm", target: "es2022" });
// The type declarations leave an empty `export {}` behind.
const text = code.trim();
if (text.includes("</") || text.includes("<!--")) throw new Error("the loader would end its own element");
writeFileSync(
  "src/islands/loader-text.ts",
  `// Made of loader.ts by scripts/inline.mjs; not in the repository.\n\n/** The island loader as the text of an inline script. */\nexport const LOADER = ${JSON.stringify(text)};\n`,
);
