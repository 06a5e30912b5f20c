// The forms of `signal` and its kin inside of a component: what they made stays from one rendering to the next.
// The compiler writes them where a component's body calls the plain forms; nobody imports them by hand.

import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { AsyncSignal, ReadonlySignal, Ref, Signal } from "../types.js";
import { isHydrating } from "./hydration.js";
import { computed, effect, loading, persisted, signal, type Connected } from "./signals.js";

/** `signal()` in a component. */
export function useSignal<T>(value: T): Signal<T>;
export function useSignal<T = undefined>(): Signal<T | undefined>;
export function useSignal<T>(value?: T): Signal<T | undefined> {
  return useMemo(() => signal(value), []);
}

type Values = readonly unknown[];

/** `computed()` in a component. `values` are what the function captures besides signals: it runs again when one differs. */
export function useComputed<T>(compute: () => T, values?: Values): ReadonlySignal<T> {
  const latest = useRef(compute);
  const last = useRef(values);
  const age = useSignal(0);
  latest.current = compute;
  if (values?.some((value, at) => !Object.is(value, last.current?.[at]))) {
    last.current = values;
    age.value = age.peek() + 1;
  }
  return useMemo(() => computed(() => (age.value, latest.current())), []);
}

/**
 * `effect()` in a component: it begins when the component is in the page, and ends with it. `values` are what the
 * function captures besides signals: it begins anew when one differs.
 */
export function useSignalEffect(run: () => void | (() => void), values: Values = []): () => void {
  const latest = useRef(run);
  const end = useRef<(() => void) | null>(null);
  latest.current = run;
  useLayoutEffect(() => (end.current = effect(() => latest.current())), values as unknown[]);
  return useMemo(() => () => end.current?.(), []);
}

/** `ref()` in a component. */
export function useElement<T = Element>(initial: T | null = null): Ref<T> {
  return useRef(initial) as Ref<T>;
}

function useConnected<S>(make: () => Connected<S>): S {
  const { signal: own, connect } = useMemo(make, []);
  useLayoutEffect(connect, []);
  return own;
}

/** `asyncSignal()` in a component: it loads when the component is in the page, and is given up with it. */
export function useAsyncSignal<T>(load: (signal: AbortSignal) => Promise<T>, initial?: T): AsyncSignal<T> {
  const latest = useRef(load);
  latest.current = load;
  return useConnected(() => loading((abort) => latest.current(abort), initial));
}

/** `persistedSignal()` in a component. */
export function usePersistedSignal<T>(key: string, initial: T): Signal<T> {
  return useConnected(() => {
    const made = persisted(key, initial);
    // What the server printed holds until the component is in the page; a component that comes later begins with what is kept.
    if (isHydrating()) return made;
    const end = made.connect();
    return { signal: made.signal, connect: () => (end(), made.connect()) };
  });
}
