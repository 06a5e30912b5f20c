// Narrow imports of the runtime: a module that imports from `velox/client` and its like reaches the files that hold the
// names it uses, and no others. Esbuild counts all that a module imports as needed by every page that needs the module,
// so through a list of exports each island would load what any island of the site uses.
//
// An importer gets a list of its own, with the exports whose names occur in its text. Refuses to parse: a name in a
// comment keeps an export too much, and where names are not written out (`import * as`) the whole list stands.
//
// What is smaller than the line that would import it is copied into each importer, if it keeps nothing: a file that two of a
// site's islands share would cost a request and more bytes than it holds.

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type * as Esbuild from "esbuild";

/** What of the runtime is a list of exports, by the specifier that code imports. */
const LISTS: ReadonlySet<string> = new Set(["velox", "velox/client", "velox/internal", "@velox/query"]);

/** The namespace of narrow lists; their paths are `specifier!importer`. */
export const NARROW = "velox-list";

/** Modules of `velox` that are copied: each is a line or two, and keeps nothing. */
const COPIED = /[/\\]client[/\\]browser[/\\](?:signals|effect|run-effect|lifecycle|in-component|ref|hooks[/\\]use-(?:signal|effect|element))\.js$/;

/** The namespace of copies; their paths are `place!importer`. */
export const COPIES = "velox-copy";

/** A line of a list: the names that it exports, and where from. */
export interface ListLine {
  readonly names: readonly string[];
  readonly from: string;
}

const LINE = /^export\s*\{([^{}]*)\}\s*from\s*("[^"\\]+"|'[^'\\]+')\s*;?/;
const NAME = /^[\w$]+(?:\s+as\s+[\w$]+)?$/;
const COMMENT = /^(?:\/\/.*|\/\*[^]*?\*\/)/;

/** The lines of a list; null where the text is more than a list. */
export function linesOf(text: string): ListLine[] | null {
  const lines: ListLine[] = [];
  for (let rest = text.trim(); rest !== ""; rest = rest.trimStart()) {
    const [comment] = COMMENT.exec(rest) ?? [];
    const [line, list, from] = LINE.exec(rest) ?? [];
    rest = rest.slice((comment ?? line ?? "").length);
    if (comment !== undefined) continue;
    const names = (list ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
    if (from === undefined || !names.every((name) => NAME.test(name))) return null;
    lines.push({ names, from: from.slice(1, -1) });
  }
  return lines;
}

/** The text of a list with the exports that `importer`, a module's text, may name; null where that may be any of them. */
export function narrowed(lines: readonly ListLine[], importer: string): string | null {
  // `import * as client`, `export * from`, `import("velox/client")`, and names with escapes in them.
  if (/\*\s*as\b|\*\s*from\b|\bimport\s*\(|\\u/.test(importer)) return null;
  let text = "";
  for (const { names, from } of lines) {
    const used = names.filter((name) => isNamed(/\S+$/.exec(name)![0], importer));
    if (used.length > 0) text += `export { ${used.join(", ")} } from ${JSON.stringify(from)};\n`;
  }
  return text;
}

// Who imports the default export gives it another name.
function isNamed(name: string, text: string): boolean {
  return name === "default" || new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
}

/** A module of the project that is a list of exports of others of them. */
export interface OwnList {
  readonly code: string;
  /** The module that a specifier in it names; null where that is none of the project's, or does something when it is loaded. */
  target(specifier: string): string | null;
}

/** What narrowing has to know of the project. */
export interface Surroundings {
  /** The namespace of its modules. */
  readonly namespace: string;
  /** The text of a module. */
  code(path: string): string;
  /** The module that `importer` imports, if that is a list. */
  list(importer: string, specifier: string): { readonly path: string; readonly list: OwnList } | null;
  /** Told of each file of a package that is read here. */
  read(path: string): void;
}

/** Narrows the lists that modules of the project import. */
export function narrowLists({ namespace, code, list, read }: Surroundings): Esbuild.Plugin {
  const known = new Map<string, Promise<ListLine[] | null>>();
  const load = (path: string): Promise<ListLine[] | null> => {
    let lines = known.get(path);
    if (lines === undefined) known.set(path, (lines = readFile(path, "utf8").then(linesOf)));
    return lines;
  };
  return {
    name: "velox-lists",
    setup(build) {
      // The lists of the runtime.
      build.onResolve({ filter: /^@?velox\b/, namespace }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (!LISTS.has(path) || kind !== "import-statement" || pluginData === NARROW) return undefined;
        const found = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData: NARROW });
        if (found.errors.length > 0 || found.external || found.namespace !== "file") return undefined;
        const lines = await load(found.path);
        const contents = lines === null ? null : narrowed(lines, code(importer));
        if (contents === null) return { path: found.path, sideEffects: found.sideEffects };
        read(found.path);
        return { path: `${path}!${importer}`, namespace: NARROW, sideEffects: false, pluginData: { contents, folder: dirname(found.path) } };
      });
      // The project's own; a list may lead to another one.
      const own = (path: string, importer: string, text: string): Esbuild.OnResolveResult | undefined => {
        const found = list(importer, path);
        const lines = found === null ? null : linesOf(found.list.code)?.map(({ names, from }) => ({ names, from: found.list.target(from) }));
        if (found === null || !lines?.every((line): line is ListLine => line.from !== null)) return undefined;
        const contents = narrowed(lines.map(({ names, from }) => ({ names, from: `${namespace}:${from}` })), text);
        if (contents === null) return undefined;
        return { path: `${found.path}!${importer}`, namespace: NARROW, sideEffects: false, pluginData: { contents } };
      };
      build.onResolve({ filter: /^\.\.?\//, namespace }, ({ path, importer, kind }) =>
        kind === "import-statement" ? own(path, importer, code(importer)) : undefined);
      build.onResolve({ filter: /^velox:/, namespace: NARROW }, ({ path, importer, pluginData }) =>
        own(path, importer, (pluginData as { contents: string }).contents));
      build.onLoad({ filter: /.*/, namespace: NARROW }, ({ pluginData }) => {
        const { contents, folder } = pluginData as { contents: string; folder?: string };
        return { contents, loader: "js", pluginData, ...(folder === undefined ? {} : { resolveDir: folder }) };
      });
      const copy = ({ path, importer, resolveDir }: Esbuild.OnResolveArgs): Esbuild.OnResolveResult | undefined => {
        const file = join(resolveDir, path);
        if (!COPIED.test(file)) return undefined;
        read(file);
        // Its place in the package, so that names do not tell where that lies.
        const place = file.slice(file.lastIndexOf("client")).replaceAll("\\", "/");
        return { path: `${place}!${importer.slice(importer.indexOf("!") + 1)}`, namespace: COPIES, sideEffects: false, pluginData: file };
      };
      build.onResolve({ filter: /^\./, namespace: NARROW }, copy);
      build.onResolve({ filter: /^\./, namespace: COPIES }, copy);
      build.onLoad({ filter: /.*/, namespace: COPIES }, async ({ pluginData }) => {
        const file = pluginData as string;
        return { contents: await readFile(file, "utf8"), loader: "js", resolveDir: dirname(file) };
      });
    },
  };
}
