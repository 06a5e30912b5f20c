// Which component is being rendered. Hooks work in a component alone,
// so this is where it is said that one was called anywhere else.

import { options, type Component, type VNode } from "preact";
// Imported before the hooks below are put into place: they run around those of preact.
import "preact/hooks";

/** A vnode as preact has it inside; the names are those of its published build. */
export interface Inner extends VNode {
  /** The vnode around it. */
  readonly __: Inner | null;
  readonly __c: Component | null;
}

type Step = (vnode: Inner) => void;
type Catch = (error: unknown, vnode: Inner, old: Inner | undefined, info: unknown) => void;

/** Places at which preact calls back, under the names of its published build. */
export const steps = options as unknown as { __b?: Step; __r?: Step; diffed?: Step; unmount?: Step; __e: Catch };

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

/** Hooks that the block of a page asked for: its view calls them with each rendering. */
export type SetupHooks = (() => void)[];

/** A hook in a block that awaits: it is kept for the view that the block makes. */
export function later<A extends unknown[]>(hooks: SetupHooks | undefined, hook: (...given: A) => unknown): (...given: A) => void {
  return (...given) => void hooks?.push(() => void hook(...given));
}

/** Runs a hook in the component that is being rendered. */
export function inComponent(name: string, hook: () => void): void {
  if (rendering === null) throw new Error(`${name} was called outside of a component: it belongs to the body of one`);
  hook();
}
