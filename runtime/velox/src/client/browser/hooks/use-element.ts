// `ref()` in a component.

import { useRef } from "preact/hooks";
import type { Ref } from "../../types.js";

/** `ref()` in a component. */
export function useElement<T = Element>(initial: T | null = null): Ref<T> {
  return useRef(initial) as Ref<T>;
}
