// `asyncSignal()` in a component.

import { useRef } from "preact/hooks";
import type { AsyncSignal } from "../../types.js";
import { loading } from "../loading.js";
import { useConnected } from "./use-connected.js";

/** `asyncSignal()` in a component: it loads when the component is in the page, and is given up with it. */
export function useAsyncSignal<T>(load: (signal: AbortSignal) => Promise<T>, initial?: T): AsyncSignal<T> {
  const latest = useRef(load);
  latest.current = load;
  return useConnected(() => loading((abort) => latest.current(abort), initial));
}
