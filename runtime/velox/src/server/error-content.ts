// The content of a route's error page for a place in another page: a boundary of a page that has left already (STR-2), and a page of
// the browser that fails there (M5, L4). Refuses to stand for the page: status and headers are not its own.

import type { Render } from "../render/render.js";
import { scopeOrNone } from "../render/scope.js";
import type { ErrorPage, Route } from "./app.js";
import { publicError } from "./public-error.js";
import { renderContent, type RenderedContent } from "./page.js";
import type { RequestScope } from "./request-scope.js";

/** What the nearest error page says, and which it is; null where there is none that says something. */
export async function errorContent(
  scope: RequestScope,
  route: Pick<Route, "errors">,
  error: unknown,
  render: Render,
): Promise<(RenderedContent & { readonly page: ErrorPage }) | null> {
  for (const page of [...(route.errors ?? []), ...scope.runtime.app.errors]) {
    try {
      const job = {
        route: { id: "_error", file: "_error.velox", mode: "ssr" as const },
        params: scope.params,
        page: page.load,
        props: { error, status: 500 },
      };
      const content = await renderContent(scope, job, render);
      if (content !== null) return { ...content, page };
    } catch (failure) {
      // The next one outwards may do better.
      if (scopeOrNone() !== undefined) publicError(failure);
    }
  }
  return null;
}
