// Islands on the server (T8, ISL-1 to ISL-4): the component's HTML in a `<velox-island>`, its children in a
// `<velox-slot>`, and for each part of the page that is sent the URLs of modules and the props that it needs.
// Refuses an island that the build knows nothing of, and props that cannot arrive as they were.

import type { IslandEntry } from "../server/app.js";
import { escapeJson, escapeQuoted } from "../shared/escape.js";
import { Html, isHtml, isThenable } from "../shared/html.js";
import { encodeValue, type EncodedValue } from "../shared/serialize.js";
import { dynamic } from "./component.js";
import { islandIds } from "./ids.js";
import { CONTENTS_STYLE, inlineScript, islandScript, nonceAttribute } from "./inline-scripts.js";
import { needsParams } from "./page-modules.js";
import type { Render } from "./render.js";
import { inScope, renderScope, type Scope } from "./scope.js";
import { text } from "./text.js";

/** When an island comes alive, and what its directive says beside its name. */
export interface IslandOptions {
  readonly on: "load" | "idle" | "visible" | "media" | "only";
  /** A media query, `{ timeout }` or `{ rootMargin }`. */
  readonly value?: unknown;
}

type Props = Record<string, unknown>;

/** A component with a `client:` directive; `id` is its module's path, `#` and the name of its export. */
export function island(Component: unknown, props: Props, id: string, options: IslandOptions): string {
  const scope = renderScope(`The island ${id}`);
  // Inside of another island it is a part of that one: there is one component tree in the browser.
  if (scope.island === true) return Component === null ? "" : dynamic(Component, props);
  const entry = entryOf(scope, id);
  const only = options.on === "only";
  const slots: Slot[] = [];
  const { sent, given } = divide(props, only, slots, scope);
  const islands = islandsOf(scope.render);
  const module = islands.module(id, entry, options.on);
  const index = islands.props(sent, `the props of the island <${nameOf(id)}>`, entry, options.on);
  if (index >= 0 && entry.queries === true) islands.tellTime();
  // What is not rendered here may ask for anything in the browser.
  if (only && scope.view !== null) needsParams(scope.render, scope.view.params);
  const ids = islandIds(scope.render);
  const inner = only
    ? inScope({ ...scope, island: false }, () => text(props["fallback"]))
    : inScope({ ...scope, island: true, ids }, () => dynamic(Component, given));
  const kept = slots.map((slot) => slot.kept()).join("");
  if (kept !== "" || slots.some((slot) => slot.isPrinted)) islands.ahead(entry.slots, options.on);
  const value = optionOf(options);
  return (
    `<velox-island i="${module}"` +
    (index < 0 ? "" : ` p="${index}"`) +
    (options.on === "load" ? "" : ` on="${options.on}"`) +
    (value === null ? "" : ` o="${escapeQuoted(value)}"`) +
    (ids[1] === 0 ? "" : ` m="${ids[0]}"`) +
    ` style="${CONTENTS_STYLE}">` +
    inner +
    kept +
    "</velox-island>"
  );
}

function entryOf(scope: Scope, id: string): IslandEntry {
  const islands = scope.request?.runtime.app.islands;
  if (islands !== undefined && Object.hasOwn(islands, id)) return islands[id]!;
  throw new Error(`the island ${id} is not part of the build: run \`veloxc build\` again`);
}

function nameOf(id: string): string {
  const name = id.slice(id.lastIndexOf("#") + 1);
  return name === "default" ? (/([^/]+?)\.\w+#/.exec(id)?.[1] ?? name) : name;
}

function optionOf(options: IslandOptions): string | null {
  const { value } = options;
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const { rootMargin, timeout } = value as { rootMargin?: unknown; timeout?: unknown };
  if (options.on === "visible" && typeof rootMargin === "string") return rootMargin;
  return options.on === "idle" && typeof timeout === "number" && timeout >= 0 ? String(timeout) : null;
}

// What of the props is data, and what is HTML that stays where the server put it.
function divide(props: Props, only: boolean, slots: Slot[], scope: Scope): { sent: Props; given: Props } {
  const sent: Props = {};
  const given: Props = {};
  for (const name of Object.keys(props)) {
    const value = props[name];
    if (only && name === "fallback") continue;
    if (isContent(name, value)) {
      const slot = new Slot(name, value, scope);
      slots.push(slot);
      given[name] = slot.html;
    } else {
      // A property of its own whatever its name.
      Object.defineProperty(sent, name, { value, enumerable: true, configurable: true, writable: true });
      Object.defineProperty(given, name, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return { sent, given };
}

function isContent(name: string, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isHtml(value) || (name === "children" && (Array.isArray(value) || isThenable(value)));
}

/** HTML that an island is given; where the island prints none of it, it is kept beside for later. */
class Slot {
  readonly #name: string;
  readonly #content: unknown;
  readonly #scope: Scope;
  #printed = false;

  constructor(name: string, content: unknown, scope: Scope) {
    this.#name = name;
    this.#content = content;
    this.#scope = scope;
  }

  get html(): Html {
    return new Html(() => {
      this.#printed = true;
      return `<velox-slot${this.#attribute()} style="${CONTENTS_STYLE}">${this.#print(true)}</velox-slot>`;
    });
  }

  /** Whether the island has printed it. */
  get isPrinted(): boolean {
    return this.#printed;
  }

  kept(): string {
    if (this.#printed) return "";
    const html = this.#print(false);
    return html === "" ? "" : `<template data-velox-slot${this.#attribute()}>${html}</template>`;
  }

  #attribute(): string {
    return this.#name === "children" ? "" : ` n="${escapeQuoted(this.#name)}"`;
  }

  // Islands in it are islands of their own; contexts that the island gives reach them.
  #print(inside: boolean): string {
    const scope = inside ? renderScope("The content of an island") : this.#scope;
    return inScope({ ...scope, island: false, ids: undefined }, () => text(this.#content));
  }
}

const registries = new WeakMap<Render, PageIslands>();

/** The islands of a rendering. */
export function islandsOf(render: Render): PageIslands {
  let islands = registries.get(render);
  if (islands === undefined) {
    islands = new PageIslands(() => render.nonce);
    registries.set(render, islands);
    render.onFlush(islands);
  }
  return islands;
}

interface Pending {
  readonly value: Props;
  readonly encoded: EncodedValue;
}

/** What a page sends for its islands: each part only what is new in it. */
export class PageIslands {
  readonly #modules = new Map<string, number>();
  readonly #byText = new Map<string, number>();
  #newModules: string[] = [];
  #newProps: Pending[] = [];
  #propsCount = 0;
  /** Elements without the end of their tags. */
  #links: string[] = [];
  readonly #linked = new Set<string>();
  #sent = false;
  #time: number | null = null;
  #loader = false;
  readonly #nonce: () => string | null;

  /** `nonce` gives what the page's policy asks of inline scripts. */
  constructor(nonce: () => string | null) {
    this.#nonce = nonce;
  }

  /** The index of a module. */
  module(id: string, entry: IslandEntry, on: IslandOptions["on"]): number {
    for (const href of entry.styles ?? []) this.#link(`<link rel="stylesheet" href="${escapeQuoted(href)}"`);
    for (const href of [entry.src, ...(entry.preload ?? [])]) this.ahead(href, on);
    this.#sent = false;
    let index = this.#modules.get(id);
    if (index === undefined) {
      index = this.#modules.size;
      this.#modules.set(id, index);
      this.#newModules.push(entry.src);
    }
    return index;
  }

  /** Has a module fetched early that an island with this directive will load. */
  ahead(href: string | undefined, on: IslandOptions["on"]): void {
    if (href === undefined || on === "visible" || on === "media") return;
    this.#link(`<link rel="modulepreload" href="${escapeQuoted(href)}"${on === "idle" ? ' fetchpriority="low"' : ""}`, href);
  }

  /** The index of an island's props; -1 where it has none. */
  props(value: Props, what: string, { decoder }: IslandEntry, on: IslandOptions["on"]): number {
    if (Object.keys(value).length === 0) return -1;
    const encoded = encodeValue(value, what);
    if (encoded.flag === 1) this.ahead(decoder, on);
    const known = encoded.flag === 0 ? this.#byText.get(encoded.text) : undefined;
    if (known !== undefined) return known;
    if (encoded.flag === 0) this.#byText.set(encoded.text, this.#propsCount);
    this.#newProps.push({ value, encoded });
    return this.#propsCount++;
  }

  /** Says with this part of the page when it was rendered: data in props of islands that show queries is as old (QRY-6). */
  tellTime(): void {
    this.#time ??= Date.now();
  }

  /** For the head of the page: styles and modules that the browser shall fetch early, and the loader. */
  head(): string {
    // What the policy asks of modules is known by now.
    const end = nonceAttribute(this.#nonce()) + ">";
    const links = this.#links.splice(0).map((link) => link + end).join("");
    if (this.#loader || this.#modules.size === 0) return links;
    this.#loader = true;
    return links + inlineScript(islandScript, this.#nonce());
  }

  /** For the end of the part. */
  body(boundary: string | null): string {
    // What comes with a boundary has no head of its own.
    const head = boundary === null ? "" : this.head();
    if (this.#sent || this.#modules.size === 0) return head;
    this.#sent = true;
    const modules = this.#newModules;
    const props = this.#newProps;
    this.#newModules = [];
    this.#newProps = [];
    const { text, flag } = together(props);
    const indices = [this.#modules.size - modules.length, this.#propsCount - props.length, props.length, flag, ...modules];
    const time = this.#time === null ? "" : `<script type="application/json" data-velox-query="0">[[null,${this.#time}]]</script>`;
    this.#time = null;
    return head + time + data(escapeJson(JSON.stringify(indices))) + data(text) + "<velox-props></velox-props>";
  }

  #link(tag: string, key = tag): void {
    if (this.#linked.has(key)) return;
    this.#linked.add(key);
    this.#links.push(tag);
  }
}

function data(text: string): string {
  return `<script type="application/json">${text}</script>`;
}

// Props of several islands as one array. Where they share an object it is written once, and stays one.
function together(props: readonly Pending[]): EncodedValue {
  if (props.every((one) => one.encoded.flag === 0) && !share(props)) {
    return { text: "[" + props.map((one) => one.encoded.text).join(",") + "]", flag: 0 };
  }
  return encodeValue(
    props.map((one) => one.value),
    "the props of islands",
  );
}

function share(props: readonly Pending[]): boolean {
  const seen = new Map<object, Pending>();
  for (const one of props) {
    for (const value of Object.values(one.value)) {
      if (typeof value !== "object" || value === null) continue;
      const other = seen.get(value);
      if (other !== undefined && other !== one) return true;
      seen.set(value, one);
    }
  }
  return false;
}
