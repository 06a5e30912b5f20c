// `effect()` in a component.

import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { effect } from "../effect.js";

/**
 * `effect()` in a component: it begins when the component is in the page, and ends with it. `values` are what the
 * function captures besides signals: it begins anew when one differs.
 */
export function useSignalEffect(run: () => void | (() => void), values: readonly unknown[] = []): () => void {
  const latest = useRef(run);
  const end = useRef<(() => void) | null>(null);
  latest.current = run;
  useLayoutEffect(() => (end.current = effect(() => latest.current())), values as unknown[]);
  return useMemo(() => () => end.current?.(), []);
}
