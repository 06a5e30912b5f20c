// References to elements, outside of components.

import type { Ref } from "../types.js";

export function ref<T = Element>(initial: T | null = null): Ref<T> {
  return { current: initial };
}
