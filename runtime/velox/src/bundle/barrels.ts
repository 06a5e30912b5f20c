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

const LINE = /^export \{ ([^}]*) \} from ("[^"]+");$/;

/** The lines of a list; null where the text is more than a list. */
export function linesOf(text: string): ListLine[] | null {
  const lines: ListLine[] = [];
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("//")) continue;
    const [, names, from] = LINE.exec(line) ?? [];
    if (names === undefined || from === undefined) return null;
    lines.push({ names: names.split(", "), from: JSON.parse(from) as string });
  }
  return lines;
}

/** The text of a list with the exports that `importer`, a module's text, may name; null where that may be any of them. */
export function narrowed(lines: readonly ListLine[], importer: string): string | null {
  // `import * as client`, `export * from`, `import("velox/client")`, and names with escapes in them.
  if (/\*\s*as\b|\*\s*from\b|\bimport\s*\(|\\u/.test(importer)) return null;
  let text = "";
  for (const { names, from } of lines) {
    const used = names.filter((name) => new RegExp(`\\b${/\S+$/.exec(name)![0]}\\b`).test(importer));
    if (used.length > 0) text += `export { ${used.join(", ")} } from ${JSON.stringify(from)};\n`;
  }
  return text;
}

/** Narrows what modules in `namespace` import; `codeOf` gives their texts, and `read` is told of each list that was read. */
export function narrowLists(namespace: string, codeOf: (path: string) => string, read: (path: string) => void): Esbuild.Plugin {
  const known = new Map<string, Promise<ListLine[] | null>>();
  const load = (path: string): Promise<ListLine[] | null> => {
    let lines = known.get(path);
    if (lines === undefined) known.set(path, (lines = readFile(path, "utf8").then(linesOf)));
    return lines;
  };
  return {
    name: "velox-lists",
    setup(build) {
      build.onResolve({ filter: /^@?velox\b/, namespace }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (!LISTS.has(path) || kind !== "import-statement" || pluginData === NARROW) return undefined;
        const found = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData: NARROW });
        if (found.errors.length > 0 || found.external || found.namespace !== "file") return undefined;
        const lines = await load(found.path);
        const contents = lines === null ? null : narrowed(lines, codeOf(importer));
        if (contents === null) return { path: found.path, sideEffects: found.sideEffects };
        read(found.path);
        return { path: `${path}!${importer}`, namespace: NARROW, sideEffects: false, pluginData: { contents, folder: dirname(found.path) } };
      });
      build.onLoad({ filter: /.*/, namespace: NARROW }, ({ pluginData }) => {
        const { contents, folder } = pluginData as { contents: string; folder: string };
        return { contents, loader: "js", resolveDir: folder };
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
