// Signals in the browser, in the forms that hold outside of components. `hooks/` has those for inside of one, which keep
// what they made from one rendering to the next. What is more than a signal has files of its own: a page loads what it uses.

import { batch as batched, computed as coreComputed, signal as coreSignal, untracked } from "@preact/signals";
import type { ReadonlySignal, SignalFunction } from "../types.js";

export const signal = coreSignal as unknown as SignalFunction;

export const computed = coreComputed as unknown as <T>(compute: () => T) => ReadonlySignal<T>;

export const batch: <T>(run: () => T) => T = batched;

export const untrack: <T>(run: () => T) => T = untracked;

/** A signal, and what connects it with the world outside; that gives what ends the connection. */
export interface Connected<S> {
  readonly signal: S;
  connect(): () => void;
}
