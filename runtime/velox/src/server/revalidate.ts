// `revalidatePath` and `revalidateTag` (X2, INV-1 to INV-8). Both resolve when the store has made the invalidation
// durable. Refuses to run while a page is being rendered for a GET: a visit must not change what the next one sees.

import { checkTag, layoutTag, pathTag, routeTag, userTag } from "../cache/tags.js";
import { scopeOrNone } from "../render/scope.js";
import type { App } from "./app.js";
import { readTarget } from "./path.js";
import { runningRuntimes, type Runtime } from "./runtime.js";

/** How the next request is answered: by a fresh rendering, or by the old page while one is made. */
export interface RevalidateOptions {
  readonly mode?: "expire" | "swr";
}

/**
 * Invalidates one page by its path. With `"page"` the path is the pattern of a route, such as `/blog/:slug`, and all
 * its pages are meant; with `"layout"` all pages at and below the pattern.
 */
export async function revalidatePath(path: string, kind?: "page" | "layout" | RevalidateOptions, options: RevalidateOptions = {}): Promise<void> {
  const settings = typeof kind === "object" ? kind : options;
  const by = typeof kind === "string" ? kind : "path";
  await invalidate("revalidatePath", (runtime) => tagsOfPath(runtime.app, path, by), settings);
}

/** Invalidates every page and all data whose last making used the tag. */
export async function revalidateTag(tag: string, options: RevalidateOptions = {}): Promise<void> {
  const checked = checkTag(tag);
  await invalidate("revalidateTag", () => [userTag(checked)], options);
}

/** The store's tags that a path or a pattern stands for; throws where it stands for nothing (INV-6). */
export function tagsOfPath(app: Pick<App, "routes">, path: string, kind: "path" | "page" | "layout"): string[] {
  const said = `revalidatePath: ${JSON.stringify(path)}`;
  if (typeof path !== "string" || !path.startsWith("/")) throw new TypeError(`${said} is no path of this site: it begins with a slash`);
  if (kind === "path") {
    if (/[?#]/.test(path)) throw new TypeError(`${said} has a query or a fragment; give the path alone`);
    const target = readTarget(path);
    if (target === null) throw new TypeError(`${said} is no path of this site`);
    return [pathTag(target.path.path)];
  }
  const pattern = path.length > 1 ? path.replace(/\/+$/, "") : path;
  if (kind === "page") {
    const routes = app.routes.filter((route) => route.pattern === pattern || route.id === path);
    if (routes.length === 0) throw new TypeError(`${said}: no route has this pattern`);
    return routes.map((route) => routeTag(route.id));
  }
  if (kind !== "layout") throw new TypeError(`revalidatePath: ${JSON.stringify(kind)} is neither "page" nor "layout"`);
  const inside = pattern === "/" || app.routes.some((route) => route.pattern === pattern || route.pattern.startsWith(pattern + "/"));
  if (!inside) throw new TypeError(`${said}: no route is at or below this pattern`);
  return [layoutTag(pattern)];
}

/** Checks how an invalidation acts. */
export function checkMode(mode: unknown): "expire" | "swr" {
  if (mode === undefined || mode === "expire") return "expire";
  if (mode === "swr") return "swr";
  throw new TypeError(`the mode of a revalidation is "expire" or "swr", not ${JSON.stringify(mode)}`);
}

async function invalidate(name: string, tags: (runtime: Runtime) => string[], options: RevalidateOptions): Promise<void> {
  const scope = scopeOrNone();
  if (scope?.render != null && (scope.request?.method === "GET" || scope.request?.method === "HEAD")) {
    throw new Error(`${name} was called while a page is being rendered; call it in an endpoint`);
  }
  const mode = checkMode(options.mode);
  const runtimes = scope?.request != null ? [scope.request.runtime] : [...runningRuntimes()];
  if (runtimes.length === 0) throw new Error(`${name}: no Velox application is running in this process`);
  for (const runtime of runtimes) await runtime.invalidate(tags(runtime), mode);
}
