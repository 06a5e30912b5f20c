// Places at which preact calls back, and what it calls back with. The names are those of its published build.

import { options, type Component, type VNode } from "preact";

/** A vnode as preact has it inside. */
export interface Inner extends VNode {
  /** The vnode around it. */
  readonly __: Inner | null;
  readonly __c: Component | null;
}

/** A step of preact at a vnode. */
export type Step = (vnode: Inner) => void;
type Catch = (error: unknown, vnode: Inner, old: Inner | undefined, info: unknown) => void;

/** What preact calls; whoever steps in calls what was there before. */
export const steps = options as unknown as { __b?: Step; __r?: Step; diffed?: Step; unmount?: Step; __e: Catch };
