// Leaves out what @velox/query never asks query-core for: the pages of infinite queries, which each query would bring along.
// Where other code of the project uses query-core itself, all of it has to be there: then the bundle is made again, whole.

import type * as Esbuild from "esbuild";

const NAMESPACE = "velox-none";
const CORE = /[/\\]@tanstack[/\\]query-core[/\\]/;
const OURS = /[/\\]query[/\\]dist[/\\]browser[/\\][\w-]+\.js$/;

/** Keeps infinite queries out of a bundle. */
export const withoutInfiniteQueries: Esbuild.Plugin = {
  name: "velox-query-core",
  setup(build) {
    build.onResolve({ filter: /\/infiniteQueryBehavior\.js$/ }, ({ importer }) =>
      CORE.test(importer) && /[/\\]query\.js$/.test(importer) ? { path: "infinite queries", namespace: NAMESPACE, sideEffects: false } : undefined);
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: "export const infiniteQueryBehavior = () => {};", loader: "js" }));
  },
};

/** Whether anything but @velox/query imports query-core. */
export function usesQueryCore({ inputs }: Pick<Esbuild.Metafile, "inputs">): boolean {
  return Object.entries(inputs).some(([path, input]) =>
    !CORE.test("/" + path) && !OURS.test("/" + path) && input.imports.some((imported) => CORE.test("/" + imported.path)));
}
