// Peers behind one signature: `compile(text, filename)` gives `{ code, map }`, or throws where the peer reports an error.
// Refuses to tune: each peer runs with the options that its own integration uses for a server build with source maps.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Where a set of peers lies below the folder that `peers.sh` prints. */
function installed(peers, set) {
  const modules = join(resolve(peers), set, "node_modules");
  return {
    load: (path) => import(pathToFileURL(join(modules, path))),
    require: createRequire(join(resolve(peers), set, "x.js")),
    version: (name) => JSON.parse(readFileSync(join(modules, name, "package.json"))).version,
  };
}

const ADAPTERS = {
  "astro-rs": async ({ load, version }) => {
    const { transform } = await load("@astrojs/compiler-rs/dist/index.mjs");
    const compile = (text, filename) => {
      const result = transform(text, { filename, sourcemap: "external", resolvePath: (path) => path });
      const error = result.diagnostics.find((found) => found.severity === "error");
      if (error) throw new Error(JSON.stringify(error));
      return result;
    };
    return { version: version("@astrojs/compiler-rs"), dialect: "astro", compile };
  },
  "astro-wasm": async ({ load, version }) => {
    const { transform } = await load("@astrojs/compiler/dist/node/index.js");
    const compile = async (text, filename) => {
      const options = { filename, sourcemap: "external", resolvePath: async (path) => path };
      const result = await transform(text, options);
      const error = result.diagnostics.find((found) => found.severity === 1);
      if (error) throw new Error(JSON.stringify(error));
      return result;
    };
    return { version: version("@astrojs/compiler"), dialect: "astro", compile, asynchronous: true };
  },
  svelte: async ({ load, version }) => {
    const svelte = await load("svelte/src/compiler/index.js");
    const compile = (text, filename) => {
      const { js } = svelte.compile(text, { filename, generate: "server", dev: false, css: "external" });
      return { code: js.code, map: js.map.toString() };
    };
    return { version: version("svelte"), dialect: "svelte", compile };
  },
  vue: async ({ require, version }) => {
    const vue = require("@vue/compiler-sfc");
    const typescript = require("typescript");
    vue.registerTS?.(() => typescript);
    const templateOptions = { ssr: true, ssrCssVars: [], compilerOptions: { mode: "module" } };
    const compile = (text, filename) => {
      vue.parseCache?.clear?.(); // it would answer from the first run
      const { descriptor, errors } = vue.parse(text, { filename, sourceMap: true });
      if (errors.length) throw errors[0];
      const options = { id: "x1", inlineTemplate: true, sourceMap: true, templateOptions };
      const { content, map } = vue.compileScript(descriptor, options);
      return { code: content, map: JSON.stringify(map) };
    };
    return { version: version("@vue/compiler-sfc"), dialect: "vue", compile };
  },
  vize: async ({ require, version }) => {
    const native = (() => {
      try {
        return require("@vizejs/native");
      } catch {
        return require("@vizejs/native-linux-x64-gnu");
      }
    })();
    const compile = (text, filename) => {
      const result = native.compileSfc(text, { filename, ssr: true, sourceMap: true });
      if (result.errors?.length) throw new Error(result.errors[0]);
      return { code: result.code, map: result.map ?? "" };
    };
    return { version: version("vize"), dialect: "vue", compile };
  },
  marko: async ({ require, version }) => {
    const marko = require("@marko/compiler");
    const translator = require.resolve("marko/translator");
    const cache = new Map(); // of the imported components; the page's own text is new in each call
    let calls = 0;
    const compile = (text, filename) => {
      const { code, map } = marko.compileSync(`${text}<!-- ${calls++} -->\n`, filename, {
        output: "html",
        sourceMaps: true,
        optimize: true,
        writeVersionComment: false,
        translator,
        cache,
      });
      return { code, map: JSON.stringify(map) };
    };
    return { version: version("marko"), dialect: "marko", compile };
  },
};

/** A peer by its name; any other name is the path of a module that exports `compile` and maybe `version`. */
export async function adapter(name, peers, dialect) {
  if (name in ADAPTERS) return ADAPTERS[name](installed(peers, name === "vize" ? "vize" : "compile"));
  const { compile, version = "" } = await import(pathToFileURL(resolve(name)));
  return { version, dialect, compile };
}
