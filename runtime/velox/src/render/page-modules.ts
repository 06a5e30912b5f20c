// What a page needs in the browser beside its islands: the router where it has links of the router (behind everything else, since
// links work without it), its own module where
// it is rendered there (M5), and the params of its route for whoever asks in the browser. A page that needs none of it
// gets nothing.

import type { BundledModule } from "../server/app.js";
import { escapeJson, escapeQuoted } from "../shared/escape.js";
import type { Render } from "./render.js";
import { scopeOrNone } from "./scope.js";
import type { Params } from "./view.js";

const parts = new WeakMap<Render, PageModules>();

class PageModules {
  #head = "";
  #body = "";
  readonly #known = new Set<string>();
  #begun = false;

  /** Adds HTML once: to the head, or behind the content where the head has left already. */
  add(key: string, html: string, inHead: boolean): void {
    if (this.#known.has(key)) return;
    this.#known.add(key);
    if (inHead && !this.#begun) this.#head += html;
    else this.#body += html;
  }

  head(): string {
    this.#begun = true;
    const html = this.#head;
    this.#head = "";
    return html;
  }

  body(): string {
    const html = this.#head + this.#body;
    this.#head = this.#body = "";
    return html;
  }
}

function partsOf(render: Render): PageModules {
  let own = parts.get(render);
  if (own === undefined) {
    own = new PageModules();
    parts.set(render, own);
    render.onFlush(own);
  }
  return own;
}

const LATE = ' fetchpriority="low"';

function moduleTags({ src, preload, styles }: BundledModule, more = "", priority = ""): string {
  let html = "";
  for (const href of styles ?? []) html += `<link rel="stylesheet" href="${escapeQuoted(href)}">`;
  for (const href of preload ?? []) html += `<link rel="modulepreload" href="${escapeQuoted(href)}"${priority}>`;
  return `${html}<script type="module" src="${escapeQuoted(src)}"${more}${priority}></script>`;
}

/** The page has links, or asks for the router: the browser loads it. */
export function needsRouter(): void {
  const scope = scopeOrNone();
  const router = scope?.request?.runtime.app.router;
  if (scope?.render == null || router == null) return;
  partsOf(scope.render).add("router", moduleTags(router, " data-velox-router", LATE), false);
}

/** Somebody in the browser may ask for the params of the page. */
export function needsParams(render: Render, params: Params): void {
  if (Object.keys(params).length === 0) return;
  const text = escapeJson(JSON.stringify(params));
  partsOf(render).add("params", `<script type="application/json" data-velox-params>${text}</script>`, false);
}

/** The page is rendered in the browser, by this module. */
export function needsModule(render: Render, module: BundledModule): void {
  partsOf(render).add(module.src, moduleTags(module), true);
}
