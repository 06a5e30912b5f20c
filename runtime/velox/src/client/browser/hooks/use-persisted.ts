// `persistedSignal()` in a component.

import type { Signal } from "../../types.js";
import { persisted } from "../persisted.js";
import { page } from "../shared-state.js";
import { useConnected } from "./use-connected.js";

/** `persistedSignal()` in a component. */
export function usePersistedSignal<T>(key: string, initial: T): Signal<T> {
  return useConnected(() => {
    const made = persisted(key, initial);
    // What the server printed holds until the component is in the page; a component that comes later begins with what is kept.
    if (page.hydrates === true) return made;
    const end = made.connect();
    return { signal: made.signal, connect: () => (end(), made.connect()) };
  });
}
