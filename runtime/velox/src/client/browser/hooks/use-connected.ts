// A signal in a component that is connected with the world outside while the component is in the page.

import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Connected } from "../signals.js";

/** What `make` gave when the component came. */
export function useConnected<S>(make: () => Connected<S>): S {
  const { signal: own, connect } = useMemo(make, []);
  useLayoutEffect(connect, []);
  return own;
}
