// What a `csr` route is on the server: the layouts around an empty place, with `_loading.velox` in it until the page is
// mounted there. Refuses to render the page itself.

import { content } from "../render/component.js";
import { needsModule, needsParams } from "../render/page-modules.js";
import { renderScope } from "../render/scope.js";
import { hold } from "../render/text.js";
import type { View } from "../render/view.js";
import { escapeQuoted } from "../shared/escape.js";
import type { ErrorPage, Route } from "./app.js";

// M5: the server sends what stands around the page, and what is shown while it loads.
const shells = new WeakMap<Route, ErrorPage["load"]>();

/** The module that stands for a page of the browser on the server. */
export function shellOf(route: Route): ErrorPage["load"] {
  let shell = shells.get(route);
  if (shell === undefined) {
    shell = async () => {
      const loading = route.loading == null ? null : await route.loading();
      const module = route.client ?? null;
      const open = module === null ? '<div id="velox-root">' : `<div id="velox-root" data-velox-page="${escapeQuoted(module.src)}">`;
      return {
        default(props: object, slots: unknown, view: View) {
          const { render } = renderScope("A page of the browser");
          if (module !== null) needsModule(render, module);
          needsParams(render, view.params);
          const out = loading === null ? "" : hold(loading.default(props, slots, view));
          return () => open + content(out) + "</div>";
        },
      };
    };
    shells.set(route, shell);
  }
  return shell;
}
