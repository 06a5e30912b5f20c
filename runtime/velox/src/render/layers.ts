// A page and the layouts around it, as a chain of layers: 0 is the outermost layout, the last one the
// page. All blocks start in one tick, innermost first, so that what is finished already is joined
// without a placeholder (L3); a layout that reads `meta` starts when the page's is there. A block gives its
// template as a function, which runs where the layout around it prints its slot: so providers there reach it (X5).
// Refuses to decide what an error means: it reports the outermost one.

import { isHtml, isThenable } from "../shared/html.js";
import { isControlFlow } from "../server/control-flow.js";
import type { RequestScope } from "../server/request-scope.js";
import type { Collector } from "./collector.js";
import { LayoutSlots, leaveForBrowser } from "./layout-slots.js";
import type { Render } from "./render.js";
import { inScope, renderScope, type Scope } from "./scope.js";
import { deferred, raw, text } from "./text.js";
import { View, type PageState } from "./view.js";

/** A module emitted for a page or a layout. */
export interface BlockModule {
  readonly default: (props: any, slots?: any, view?: any) => unknown;
  readonly readsMeta?: boolean;
  readonly writes?: readonly string[];
  readonly meta?: unknown;
  readonly paths?: () => unknown;
  readonly config?: unknown;
}

/** One block to render, with its props. */
export interface LayerSource {
  readonly module: BlockModule;
  readonly props: object;
  /** True where a string that the block returns is text: components that are no `.velox` file. */
  readonly textual: boolean;
}

/** What a block gives for a named slot: HTML, or a function of it. */
export type Fill = string | (() => string | Promise<string>);

interface Layer {
  readonly source: LayerSource;
  readonly view: View;
  /** `ready`: the block has run, and its template has not. */
  state: "waiting" | "ready" | "done" | "failed" | "response";
  /** The template; null where the block gave a string. */
  template: (() => unknown) | null;
  /** True once the template has begun to run, so that it has named what it fills. */
  printed: boolean;
  html: string;
  error: unknown;
  response: Response | null;
  promise: Promise<void> | null;
  meta: Record<string, unknown> | null;
  fills: Map<string, Fill> | null;
}

const NO_META: Record<string, unknown> = Object.freeze(Object.create(null));

/** The layers of one rendering. */
export class LayerChain {
  readonly state: PageState;
  readonly #render: Render;
  readonly #request: RequestScope | null;
  readonly #layers: Layer[];
  readonly #collector: Collector;
  readonly #whole: boolean;
  #metaKnown = false;
  #metaPending = false;
  #metaWaiters: (() => void)[] = [];

  /** `apart` counts the promises of what is rendered beside the page, whose failure is not the page's. */
  constructor(render: Render, request: RequestScope | null, state: PageState, sources: readonly LayerSource[], apart?: Collector) {
    this.#render = render;
    this.#collector = apart ?? render.collector;
    this.#whole = apart !== undefined;
    this.#request = request;
    this.state = state;
    this.#layers = sources.map((source, index) => ({
      source,
      view: new View(this, index),
      state: "waiting",
      template: null,
      printed: false,
      html: "",
      error: undefined,
      response: null,
      promise: null,
      meta: null,
      fills: null,
    }));
  }

  /** Starts every block; gives a promise where one of them has not finished. */
  start(): Promise<void> | null {
    const last = this.#layers.length - 1;
    let waiting = false;
    for (let index = last; index >= 0; index--) {
      const layer = this.#layers[index]!;
      if (index < last && layer.source.module.readsMeta === true && !this.#metaKnown) {
        layer.promise = new Promise<void>((resolve) => this.#metaWaiters.push(resolve)).then(() => {
          // Without its page the layout has nothing to stand around.
          if (this.#layers[last]!.state === "failed") layer.state = "done";
          else return this.#run(index) ?? undefined;
        });
      } else {
        this.#run(index);
      }
      if (layer.promise !== null) waiting = true;
    }
    const outermost = this.#layers[0]!;
    if (outermost.state === "ready") this.#printOutermost();
    else if (outermost.state === "waiting") outermost.promise = outermost.promise!.then(() => this.#printOutermost());
    return waiting ? Promise.all(this.#layers.map((layer) => layer.promise)).then(nothing) : null;
  }

  /** The document; throws the outermost layer's error, or gives the Response that ended the rendering. */
  result(): string | Response {
    for (const layer of this.#layers) {
      if (layer.state === "failed") throw layer.error;
      if (layer.state === "response") return layer.response!;
    }
    return this.#layers[0]!.html;
  }

  /** True where a layer has ended in a way that makes waiting for promises in the page pointless. */
  get ended(): boolean {
    return this.#layers.some((layer) => layer.state === "failed" || layer.state === "response");
  }

  get pageMeta(): Record<string, unknown> {
    return this.#layers[this.#layers.length - 1]!.meta ?? NO_META;
  }

  /** `meta` of all layers, from the outermost to the page. */
  get metas(): readonly Record<string, unknown>[] {
    const metas: Record<string, unknown>[] = [];
    for (const layer of this.#layers) if (layer.meta !== null) metas.push(layer.meta);
    return metas;
  }

  /** Keys of the head that a layout writes itself. */
  get writes(): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const layer of this.#layers) for (const key of layer.source.module.writes ?? []) keys.add(key);
    return keys;
  }

  setMeta(index: number, meta: unknown): void {
    const value: unknown = typeof meta === "function" ? (meta as () => unknown)() : meta;
    if (isThenable(value)) {
      const ofPage = index === this.#layers.length - 1;
      if (ofPage) this.#metaPending = true;
      // A layout that waits for this meta must not wait for ever when it fails.
      const seen = Promise.resolve(value).then(undefined, (error: unknown) => {
        if (ofPage) this.#knowMeta();
        throw error;
      });
      this.#collector.add(seen, (resolved) => this.#takeMeta(index, resolved));
      return;
    }
    this.#takeMeta(index, value);
  }

  fill(index: number, name: string, content: Fill): void {
    const layer = this.#layers[index]!;
    (layer.fills ??= new Map()).set(name, content);
  }

  /** Runs templates that no layout has printed, for the slots that they fill. */
  discover(): void {
    this.#layers.forEach((layer, index) => {
      if (layer.printed || layer.state !== "ready") return;
      try {
        inScope(this.#scope(index), () => this.#print(index));
      } catch {
        // What is printed nowhere fails nothing; a slot that it would have filled has its fallback.
      }
    });
  }

  /** HTML of a layer for the one around it, made in the scope in which that one prints its slot. */
  contentOf(index: number): string {
    const layer = this.#layers[index]!;
    switch (layer.state) {
      case "done":
        return layer.html;
      case "ready":
        return this.#printIn(renderScope("A slot"), index);
      case "waiting": {
        const scope = renderScope("A slot");
        return deferred(layer.promise!, () => {
          if (layer.state === "ready") return this.#printIn(scope, index);
          return layer.state === "done" ? layer.html : "";
        });
      }
      default:
        return "";
    }
  }

  /**
   * What the layers inside of `index` filled into the slot: the page first, then the inner layouts. A page of the browser fills it
   * there, but for a slot that stands where nothing but text is (`isText`).
   */
  filled(index: number, name: string, fallback: () => string, isText: boolean): string {
    const inner = this.#layers.slice(index + 1);
    const found = (): string => {
      for (let i = inner.length - 1; i >= 0; i--) {
        const content = inner[i]!.fills?.get(name);
        if (content !== undefined) return typeof content === "string" ? content : raw(content());
      }
      return fallback();
    };
    const choose = this.state.route.mode === "csr" && !isText ? () => leaveForBrowser(name, found()) : found;
    if (inner.every((layer) => layer.printed || layer.state === "failed" || layer.state === "response")) return choose();
    const scope = renderScope("A slot");
    // By then every block has run; what it awaits belongs to the page.
    return this.#render.later(() => inScope({ ...scope, collector: this.#collector }, choose));
  }

  #scope(index: number): Scope {
    return {
      request: this.#request,
      render: this.#render,
      view: this.#layers[index]!.view,
      collector: this.#collector,
      contexts: null,
      ...(this.#whole && { whole: true }),
    };
  }

  #run(index: number): Promise<void> | null {
    const layer = this.#layers[index]!;
    const { module, props, textual } = layer.source;
    const slots = index === this.#layers.length - 1 ? undefined : new LayoutSlots(this, index);
    // A component as a page: what is in scope around it is part of what it is called with.
    if (textual && !isAsync(module.default)) {
      this.#finish(index, () => module.default(props, slots, layer.view));
      return null;
    }
    try {
      const out: unknown = inScope(this.#scope(index), () => {
        const result = module.default(props, slots, layer.view);
        return isThenable(result) || typeof result === "function" ? result : this.#html(layer, result);
      });
      if (isThenable(out)) {
        // Registered before anything else may await it: a rejection is always seen.
        return (layer.promise = Promise.resolve(out).then(
          (value) => this.#finishLater(index, value),
          (error: unknown) => this.#fail(index, error),
        ));
      }
      this.#finish(index, out);
    } catch (error) {
      this.#fail(index, error);
    }
    return null;
  }

  #finishLater(index: number, value: unknown): void {
    try {
      const layer = this.#layers[index]!;
      const isTemplate = typeof value === "function" && !layer.source.textual;
      this.#finish(index, isTemplate ? value : inScope(this.#scope(index), () => this.#html(layer, value)));
    } catch (error) {
      this.#fail(index, error);
    }
  }

  #printOutermost(): void {
    const layer = this.#layers[0]!;
    if (layer.state !== "ready") return;
    try {
      layer.html = inScope(this.#scope(0), () => this.#print(0));
      if (layer.state === "ready") layer.state = "done";
    } catch (error) {
      layer.error = error;
      layer.state = "failed";
    }
  }

  #printIn(scope: Scope, index: number): string {
    return inScope({ ...scope, view: this.#layers[index]!.view }, () => this.#print(index));
  }

  // Runs a template; the scope is the caller's.
  #print(index: number): string {
    const layer = this.#layers[index]!;
    layer.printed = true;
    const out = layer.template!();
    return typeof out === "string" && !layer.source.textual ? out : this.#html(layer, out);
  }

  #html(layer: Layer, value: unknown): string {
    if (typeof value === "string") return layer.source.textual ? text(value) : value;
    if (value instanceof Response) {
      layer.response = value;
      layer.state = "response";
      return "";
    }
    if (isControlFlow(value)) throw value;
    if (isThenable(value)) return deferred(value, (inner) => this.#html(layer, inner));
    if (typeof value === "object" && value !== null && isHtml(value)) return value.toString();
    return layer.source.textual ? text(value) : raw(value);
  }

  #finish(index: number, out: unknown): void {
    const layer = this.#layers[index]!;
    if (typeof out === "function") {
      layer.template = out as () => unknown;
      layer.state = "ready";
    } else if (layer.state !== "response") {
      layer.html = out as string;
      layer.printed = true;
      layer.state = "done";
    }
    if (index === this.#layers.length - 1) this.#afterPage();
  }

  #fail(index: number, error: unknown): void {
    const layer = this.#layers[index]!;
    layer.error = error;
    layer.state = "failed";
    if (index === this.#layers.length - 1) this.#knowMeta();
  }

  // A page that is no `.velox` file says its meta as an export of the module.
  #afterPage(): void {
    const page = this.#layers[this.#layers.length - 1]!;
    const exported = page.source.module.meta;
    if (page.source.textual && page.meta === null && exported !== undefined) {
      this.setMeta(this.#layers.length - 1, exported);
    } else if (!this.#metaPending) {
      this.#knowMeta();
    }
  }

  #takeMeta(index: number, value: unknown): void {
    if (value !== null && typeof value === "object") this.#layers[index]!.meta = value as Record<string, unknown>;
    if (index === this.#layers.length - 1) this.#knowMeta();
  }

  #knowMeta(): void {
    if (this.#metaKnown) return;
    this.#metaKnown = true;
    for (const wake of this.#metaWaiters) wake();
    this.#metaWaiters = [];
  }
}

function nothing(): void {}

// A page that loads its data itself begins beside its layouts' blocks (L3).
function isAsync(value: Function): boolean {
  return (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === "AsyncFunction";
}
