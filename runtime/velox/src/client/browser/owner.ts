// Which component is being rendered, for whoever needs to know it. Refuses to be loaded by every island: it steps in at
// each vnode.

import type { Component } from "preact";
// Imported before the hooks below are put into place: they run around those of preact.
import "preact/hooks";
import { steps, type Inner } from "./steps.js";

let rendering: Component | null = null;

function around(name: "__b" | "__r" | "diffed", step: (vnode: Inner) => Component | null): void {
  const old = steps[name];
  steps[name] = (vnode) => {
    old?.(vnode);
    rendering = step(vnode);
  };
}
around("__b", () => null);
around("__r", (vnode) => vnode.__c);
around("diffed", () => null);
const caught = steps.__e;
steps.__e = (error, vnode, old, info) => {
  rendering = null;
  caught(error, vnode, old, info);
};

/** The component whose function runs now. */
export function renderingComponent(): Component | null {
  return rendering;
}
