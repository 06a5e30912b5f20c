// What a page has to fetch for an entry: read from esbuild's account of a build. Refuses to guess: only what is imported
// when the module runs is fetched ahead, `import()` is not, but for what the server knows to be needed.

import { basename } from "node:path";
import type { Metafile } from "esbuild";

/** The files of an entry as URLs. */
export interface EntryFiles {
  readonly src: string;
  /** What it imports, itself or through others, sorted. */
  readonly preload: readonly string[];
  readonly styles: readonly string[];
  /** What an island loads first where HTML is passed into it. */
  readonly slots?: string;
  /** What an island loads first where its props hold what JSON has no word for. */
  readonly decoder?: string;
}

// What is loaded on demand, by its place in the runtime. The server knows when that will be.
const ON_DEMAND = { slots: /(?:^|\/)dist\/islands\/slots\.js$/, decoder: /(?:^|\/)dist\/shared\/decoder\.js$/ };

/** The files of each entry, by the entry's module; `prefix` is what stands before module paths. */
export function entryFiles(metafile: Metafile, prefix: string): Record<string, EntryFiles> {
  const url = (path: string): string => "/_velox/" + basename(path);
  const found: [string, EntryFiles][] = [];
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint === undefined || !output.entryPoint.startsWith(prefix)) continue;
    const seen = new Set<string>();
    const later: Record<string, string> = {};
    const work = [path];
    for (let current = work.pop(); current !== undefined; current = work.pop()) {
      for (const { path: imported, kind, external } of metafile.outputs[current]!.imports) {
        if (external !== true && kind === "dynamic-import") {
          const entry = metafile.outputs[imported]?.entryPoint ?? "";
          for (const [name, place] of Object.entries(ON_DEMAND)) if (place.test(entry)) later[name] = url(imported);
        }
        if (external === true || kind !== "import-statement" || imported === path || seen.has(imported)) continue;
        seen.add(imported);
        work.push(imported);
      }
    }
    found.push([
      output.entryPoint.slice(prefix.length),
      {
        src: url(path),
        preload: [...seen].map(url).sort(),
        styles: output.cssBundle === undefined ? [] : [url(output.cssBundle)],
        ...later,
      },
    ]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
