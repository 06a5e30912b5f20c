// `computed()` in a component.

import { useMemo, useRef } from "preact/hooks";
import type { ReadonlySignal } from "../../types.js";
import { computed } from "../signals.js";
import { useSignal } from "./use-signal.js";

/** `computed()` in a component. `values` are what the function captures besides signals: it runs again when one differs. */
export function useComputed<T>(compute: () => T, values?: readonly unknown[]): ReadonlySignal<T> {
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
