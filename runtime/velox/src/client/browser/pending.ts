// What is not there yet: a component throws the promise that it waits for, the nearest boundary shows its fallback, and
// renders again when the promise is there. Where HTML of the server stands in its place already, that stays.

import type { Component } from "preact";
import { steps, type Inner } from "./steps.js";

/** Something that a component waits for: thrown while it renders, and rendered again when it is there. */
export interface Pending extends Promise<unknown> {
  state?: "there" | "failed";
  value?: unknown;
}

/** What a promise gave; throws it while it is pending, to be caught by the nearest boundary. */
export function use<T>(promise: PromiseLike<T>): T {
  const pending = promise as unknown as Pending;
  if (pending.state === "there") return pending.value as T;
  if (pending.state === "failed") throw pending.value;
  throw pending;
}

/** Follows a promise, so that `use` knows when it is there. */
export function followed<T>(promise: PromiseLike<T>): Pending {
  const pending = promise as unknown as Pending;
  const settle = (state: "there" | "failed") => (value: unknown) => {
    pending.state = state;
    pending.value = value;
  };
  pending.then(settle("there"), settle("failed"));
  return pending;
}

/** A component that shows something else while its content waits. */
export interface Waiting {
  suspend?(promise: Pending, component: Component): void;
}

const caught = steps.__e;
// What a component waits for is no error.
steps.__e = (error, vnode, old, info) => {
  if (typeof (error as Pending | null)?.then !== "function") return caught(error, vnode, old, info);
  const promise = error as Pending;
  const again = (): void => vnode.__c?.forceUpdate();
  const kept = vnode as Inner & { readonly __u: number };
  for (let outer = vnode.__; outer !== null && (kept.__u & HYDRATING) === 0; outer = outer.__) {
    const boundary = outer.__c as Waiting | null;
    if (boundary?.suspend !== undefined) return boundary.suspend(promise, vnode.__c!);
  }
  promise.then(again, again);
};

// The flag of vnodes that take HTML over.
const HYDRATING = 1 << 5;
