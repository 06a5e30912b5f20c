// Takes an island's HTML over, or renders it anew, and lets go of it when it has left the page.
// Refuses to decide when: that is the loader's part.

import { h, hydrate, render } from "preact";
import { hydrated, whileHydrating } from "./hydration.js";
import { asInner } from "./vnode.js";

const roots = new Set<Element>();

/** Ends what an island began: its effects, its listeners. Its HTML goes too. */
export function unmountIsland(element: Element): void {
  if (roots.delete(element)) render(null, element);
}

// Navigation in the browser takes islands away without telling each.
globalThis.document?.addEventListener("velox:after-swap", () => roots.forEach((element) => element.isConnected || unmountIsland(element)));

/**
 * Makes the HTML in `element`, which the server rendered from the same component and props, alive.
 * Throws what the component throws; the HTML may then be changed in part.
 */
export function hydrateIsland(element: Element, Component: unknown, props: object): void {
  whileHydrating(() => hydrate(h(asInner(Component), props), element));
  roots.add(element);
}

/** Renders a component into `element`, in place of what is there (`client:only`, `csr`). */
export function mountIsland(element: Element, Component: unknown, props: object): void {
  hydrated();
  if (!roots.has(element)) element.replaceChildren();
  render(h(asInner(Component), props), element);
  roots.add(element);
}
