// The files that make a folder of routes a project of its tool.

const paths = { "$lib/*": ["./src/lib/*"], "$components/*": ["./src/components/*"] };
const strict = {
  paths,
  target: "ESNext",
  module: "ESNext",
  moduleResolution: "bundler",
  strict: true,
  skipLibCheck: true,
};
const J = (value) => JSON.stringify(value, null, 2) + "\n";
const include = ["src/**/*"];

const ASTRO_CONFIG = `import { defineConfig } from 'astro/config';\nimport preact from '@astrojs/preact';\nimport node from '@astrojs/node';\nexport default defineConfig({ integrations: [preact()], adapter: node({ mode: 'middleware' }), output: 'server', telemetry: false, devToolbar: { enabled: false } });\n`;

/** Settings files of a dialect, as pairs of name and text. */
export function settings(dialect) {
  const manifest = { name: "bench-" + dialect, type: "module", private: true };
  if (dialect === "astro") {
    const dependencies = { astro: "^7", "@astrojs/node": "^11", "@astrojs/preact": "^6", preact: "^10" };
    const compilerOptions = { paths, jsx: "react-jsx", jsxImportSource: "preact" };
    const included = [".astro/types.d.ts", "src/**/*"];
    return [
      ["package.json", J({ ...manifest, dependencies })],
      ["tsconfig.json", J({ extends: "astro/tsconfigs/strict", include: included, compilerOptions })],
      ["astro.config.mjs", ASTRO_CONFIG],
    ];
  }
  if (dialect === "svelte") {
    const compilerOptions = { ...strict, verbatimModuleSyntax: true, types: ["svelte"], noEmit: true };
    return [
      ["package.json", J(manifest)],
      ["svelte.config.js", "export default {};\n"],
      ["tsconfig.json", J({ include, compilerOptions })],
    ];
  }
  if (dialect === "velox" || dialect === "tsx") {
    const compilerOptions = { ...strict, jsx: "react-jsx", jsxImportSource: "preact", noEmit: true };
    return [
      ["package.json", J(manifest)],
      ["tsconfig.json", J({ include, compilerOptions })],
    ];
  }
  return [];
}
