// The slots of a layout: the block inside it, and what the page filled in. A layout may ask before
// the blocks inside have finished; then it gets a placeholder, so that no block waits for another (L3).

import type { LayerChain } from "./layers.js";

/** Tells a layout's slots from those of a component, across copies of the package. */
export const LAYOUT_SLOTS = Symbol.for("velox.layout-slots");

/** What `slot` asks in a layout. */
export class LayoutSlots {
  readonly #chain: LayerChain;
  readonly #index: number;

  constructor(chain: LayerChain, index: number) {
    this.#chain = chain;
    this.#index = index;
  }

  get [LAYOUT_SLOTS](): true {
    return true;
  }

  /** HTML of the slot, or a placeholder for it; `isText` where it stands among text alone, as in a `<title>`. */
  get(name: string, fallback: () => string, isText: boolean): string {
    if (name === "default") return this.#chain.contentOf(this.#index + 1);
    return this.#chain.filled(this.#index, name, fallback, isText);
  }
}

/** A named slot that a page of the browser may fill: comments around what stands there until then. */
export function leaveForBrowser(name: string, html: string): string {
  const named = encodeURIComponent(name);
  return `<!--[slot:${named}-->${html}<!--slot:${named}]-->`;
}
