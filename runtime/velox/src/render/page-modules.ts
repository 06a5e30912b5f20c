// What a page needs in the browser beside its islands: the router where it has links of the router (behind everything else, since
// links work without it), its own module where
// it is rendered there (M5), and the params of its route for whoever asks in the browser. A page that needs none of it
// gets nothing.

import type { BundledModule } from "../server/app.js";
import { escapeJson, escapeQuoted } from "../shared/escape.js";
import { nonceAttribute } from "./inline-scripts.js";
import type { Render } from "./render.js";
import { scopeOrNone } from "./scope.js";
import type { Params } from "./view.js";

const parts = new WeakMap<Render, PageModules>();

class PageModules {
  #head: (() => string)[] = [];
  #body: (() => string)[] = [];
  readonly #known = new Set<string>();
  #begun = false;

  /** Adds HTML once, made when it leaves: to the head, or behind the content where the head has left already. */
  add(key: string, html: () => string, inHead: boolean): void {
    if (this.#known.has(key)) return;
    this.#known.add(key);
    if (inHead && !this.#begun) this.#head.push(html);
    else this.#body.push(html);
  }

  head(): string {
    this.#begun = true;
    return this.#head.splice(0).map((html) => html()).join("");
  }

  body(): string {
    return this.head() + this.#body.splice(0).map((html) => html()).join("");
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

function moduleTags(render: Render, { src, preload, styles }: BundledModule, more = "", priority = ""): string {
  // A policy may let nothing through that has no nonce, whatever its address; a block may ask for one at any time.
  const nonce = nonceAttribute(render.nonce);
  let html = "";
  for (const href of styles ?? []) html += `<link rel="stylesheet" href="${escapeQuoted(href)}">`;
  for (const href of preload ?? []) html += `<link rel="modulepreload" href="${escapeQuoted(href)}"${priority}${nonce}>`;
  return `${html}<script type="module" src="${escapeQuoted(src)}"${more}${priority}${nonce}></script>`;
}

/** The page has links, or asks for the router: the browser loads it. */
export function needsRouter(): void {
  const scope = scopeOrNone();
  const router = scope?.request?.runtime.app.router;
  if (scope?.render == null || router == null) return;
  const { render } = scope;
  partsOf(render).add("router", () => moduleTags(render, router, " data-velox-router", LATE), false);
}

/** Somebody in the browser may ask for the params of the page. */
export function needsParams(render: Render, params: Params): void {
  if (Object.keys(params).length === 0) return;
  const text = (): string => escapeJson(JSON.stringify(params));
  partsOf(render).add("params", () => `<script type="application/json" data-velox-params>${text()}</script>`, false);
}

/** The page is rendered in the browser, by this module. */
export function needsModule(render: Render, module: BundledModule): void {
  partsOf(render).add(module.src, () => moduleTags(render, module), true);
}
