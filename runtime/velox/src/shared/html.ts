// HTML that is known to be safe to print as it is, and the brands by which copies of this package
// know each other's values. Refuses to tell HTML from text by looking at a string: only a branded
// object is HTML, and JSON cannot carry a brand.

/** Marks an object whose `toString()` gives HTML. */
export const HTML_BRAND = Symbol.for("velox.html");

/** Marks a function emitted from a `.velox` file: a string that it returns is HTML already. */
export const COMPONENT_BRAND = Symbol.for("velox.component");

/** Marks a function that gives vnodes of preact; its value renders it to HTML. */
export const VNODE_BRAND = Symbol.for("velox.vnodes");

/** The brand that `@preact/signals` puts on its signals; `velox/client` uses the same. */
export const SIGNAL_BRAND = Symbol.for("preact-signals");

/**
 * A piece of finished HTML. It may be made from a function, which then runs each time the piece is
 * printed: so a context provider is in place before its children are rendered.
 */
export class Html {
  readonly #source: string | (() => string);

  constructor(source: string | (() => string)) {
    this.#source = source;
  }

  get [HTML_BRAND](): true {
    return true;
  }

  toString(): string {
    const source = this.#source;
    return typeof source === "string" ? source : source();
  }
}

/** True for HTML made by this or another copy of the package. */
export function isHtml(value: object): value is Html {
  return (value as { [HTML_BRAND]?: unknown })[HTML_BRAND] === true;
}

/** True for anything that can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** True for a signal of `velox/client` or `@preact/signals`. */
export function isSignal(value: object): value is { readonly value: unknown } {
  return (value as { brand?: unknown }).brand === SIGNAL_BRAND;
}

/** Wraps a string that is HTML already. */
export function html(source: string): Html {
  return new Html(source);
}
