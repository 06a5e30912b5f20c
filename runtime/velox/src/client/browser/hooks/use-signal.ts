// `signal()` in a component: what it made stays from one rendering to the next. The compiler writes the hooks of this
// folder where a component's body calls the plain forms; nobody imports them by hand.

import { useMemo } from "preact/hooks";
import type { Signal } from "../../types.js";
import { signal } from "../signals.js";

/** `signal()` in a component. */
export function useSignal<T>(value: T): Signal<T>;
export function useSignal<T = undefined>(): Signal<T | undefined>;
export function useSignal<T>(value?: T): Signal<T | undefined> {
  return useMemo(() => signal(value), []);
}
