// What a `csr` route is on the server: the layouts around an empty place, with `_loading.velox` in it until the page is
// mounted there, and what the error page says beside it, for the browser to show where the page fails. Refuses to render the
// page itself.

import { content } from "../render/component.js";
import { headHtml } from "../render/document.js";
import { nonceAttribute } from "../render/inline-scripts.js";
import { needsModule, needsParams } from "../render/page-modules.js";
import type { Render } from "../render/render.js";
import { renderScope } from "../render/scope.js";
import { deferred, hold } from "../render/text.js";
import type { View } from "../render/view.js";
import { escapeQuoted } from "../shared/escape.js";
import type { ErrorPage, Route } from "./app.js";
import { errorContent } from "./error-content.js";
import { statusText } from "./public-error.js";
import type { RequestScope } from "./request-scope.js";

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
          const { render, request } = renderScope("A page of the browser");
          if (module !== null) needsModule(render, module);
          needsParams(render, view.params);
          const out = loading === null ? "" : hold(loading.default(props, slots, view));
          const failed = request === null || module === null ? "" : hold(failureOf(request, route, render));
          return () => open + content(out) + "</div>" + (failed === "" ? "" : deferred(failed, (html) => html));
        },
      };
    };
    shells.set(route, shell);
  }
  return shell;
}

// The error itself is the browser's: what is said of it is what any visitor is told. The content is inert until it is shown.
async function failureOf(scope: RequestScope, route: Route, render: Render): Promise<string> {
  const message = statusText(500);
  const said = await errorContent(scope, route, { message }, render);
  if (said === null) {
    const title = `500 ${message}`;
    return `<template data-velox-error><velox-head><title>${title}</title></velox-head><h1>${title}</h1></template>`;
  }
  // Put together here, so that its head does not become the page's.
  const { pieces, heads } = render.assemble(said.html);
  let head = headHtml(render, heads, said.metas, scope.runtime.hosts.site);
  for (const href of said.page.styles ?? []) {
    if (route.styles?.includes(href) !== true) head += `<link rel="stylesheet" href="${escapeQuoted(href)}">`;
  }
  for (const src of said.page.scripts ?? []) {
    head += `<script type="module" src="${escapeQuoted(src)}"${nonceAttribute(scope.usedNonce)}></script>`;
  }
  return `<template data-velox-error>${head === "" ? "" : `<velox-head>${head}</velox-head>`}${pieces.join("")}</template>`;
}
