// Takes an island's HTML over, or renders it anew, and lets go of it when it has left the page.
// Refuses to decide when: that is the loader's part, and the router's.

import { h, hydrate, render, type ComponentType, type VNode } from "preact";
import { page } from "./shared-state.js";

let unnamed = 0;

// Ids that components make begin with the number that the server gave the island; else with one that no other has.
function rootOf(element: Element, Component: unknown, props: object): VNode {
  return Object.assign(h(Component as ComponentType, props), { __m: [element.getAttribute("m") ?? --unnamed, 0] });
}

/** An element that a component lives in. */
export interface LivingElement extends Element {
  /** Ends what lives in it: effects, listeners. Its HTML goes too. */
  end?(): void;
}

/** Ends what an island began. */
export function unmountIsland(element: LivingElement): void {
  element.end?.();
}

function begun(element: LivingElement): void {
  page.alive = true;
  page.wasTaken?.();
  element.end = () => render(null, element);
}

/**
 * Makes the HTML in `element`, which the server rendered from the same component and props, alive.
 * Throws what the component throws; the HTML may then be changed in part.
 */
export function hydrateIsland(element: LivingElement, Component: unknown, props: object): void {
  page.hydrates = true;
  try {
    hydrate(rootOf(element, Component, props), element);
  } finally {
    page.hydrates = false;
  }
  begun(element);
}

/** Renders a component into `element`, in place of what is there (`client:only`, `csr`). */
export function mountIsland(element: LivingElement, Component: unknown, props: object): void {
  if (!element.end) element.replaceChildren();
  begun(element);
  render(rootOf(element, Component, props), element);
}
