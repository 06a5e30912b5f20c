// `revalidatePath` and `revalidateTag` (X2, INV-1 to INV-8). Both resolve when the store has taken the
// invalidation. Refuses to run while a page is being rendered for a GET: a visit must not change what
// the next one sees.

import { scopeOrNone } from "../render/scope.js";
import { checkTag } from "./fetch.js";
import { readTarget } from "./path.js";
import { runningRuntimes, type Runtime } from "./runtime.js";

/** How the next request is answered: by a fresh rendering, or by the old page while one is made. */
export interface RevalidateOptions {
  readonly mode?: "expire" | "swr";
}

/** Invalidates one page by its path, or with `"page"` all pages of a route by its pattern. */
export async function revalidatePath(path: string, kind?: "page" | RevalidateOptions, options: RevalidateOptions = {}): Promise<void> {
  const settings = typeof kind === "object" ? kind : options;
  const byPattern = kind === "page";
  if (/[?#]/.test(path)) throw new TypeError(`revalidatePath: ${JSON.stringify(path)} has a query or a fragment; give the path alone`);
  if (byPattern) {
    await invalidate("revalidatePath", (runtime) => {
      const routes = runtime.app.routes.filter((route) => route.pattern === path || route.id === path);
      if (routes.length === 0) throw new TypeError(`revalidatePath: no route has the pattern ${JSON.stringify(path)}`);
      return routes.map((route) => "route:" + route.id);
    }, settings);
    return;
  }
  const target = path.startsWith("/") ? readTarget(path) : null;
  if (target === null) throw new TypeError(`revalidatePath: ${JSON.stringify(path)} is no path of this site`);
  await invalidate("revalidatePath", () => ["path:" + target.path.path], settings);
}

/** Invalidates every page whose last rendering used the tag. */
export async function revalidateTag(tag: string, options: RevalidateOptions = {}): Promise<void> {
  const checked = checkTag(tag);
  await invalidate("revalidateTag", () => ["t:" + checked], options);
}

async function invalidate(name: string, tags: (runtime: Runtime) => string[], options: RevalidateOptions): Promise<void> {
  const scope = scopeOrNone();
  if (scope?.render != null && (scope.request?.method === "GET" || scope.request?.method === "HEAD")) {
    throw new Error(`${name} was called while a page is being rendered; call it in an endpoint`);
  }
  const runtimes = scope?.request != null ? [scope.request.runtime] : [...runningRuntimes()];
  if (runtimes.length === 0) throw new Error(`${name}: no Velox application is running in this process`);
  for (const runtime of runtimes) await runtime.isr.invalidate(tags(runtime), options.mode ?? "expire");
}
