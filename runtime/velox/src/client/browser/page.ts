// What the document says about its own page: the params of its route. Read when it is asked for, since navigation in
// the browser exchanges the document.

import type { Params } from "../../render/view.js";

/** The params of the page's route; an object without a prototype (SSR-5). */
export function pageParams(): Params {
  const params: Params = Object.create(null);
  const text = document.querySelector("script[data-velox-params]")?.textContent;
  if (text !== undefined && text !== null) {
    for (const [name, value] of Object.entries(JSON.parse(text) as object)) params[name] = value as string;
  }
  return params;
}

/** The render context of a component of a `.velox` file. */
export function context(): { readonly params: Params; readonly url: URL; setMeta(): void } {
  return { params: pageParams(), url: new URL(location.href), setMeta() {} };
}
