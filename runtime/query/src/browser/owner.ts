// Which component calls a hook. Preact tells it at each call of one, so that a page loads no more of preact for queries than
// it has already: contexts and reducers would be a twentieth of what an island without queries weighs.

import { options, type Component } from "preact";
import { useRef } from "preact/hooks";

// Under the name of preact's published build.
const steps = options as unknown as { __h?: (component: Component | null, index: number, kind: number) => void };
const before = steps.__h;
let owner: Component | null = null;
steps.__h = (component, index, kind) => {
  owner = component;
  before?.(component, index, kind);
};

/** The component that is being rendered; null outside of one. */
export function useOwner(): Component | null {
  owner = null;
  try {
    useRef(null);
  } catch {
    owner = null;
  }
  return owner;
}

/** A function that renders the component again. */
export function useRedraw(): () => void {
  const own = useOwner()!;
  const redraw = useRef<(() => void) | null>(null);
  return (redraw.current ??= () => own.forceUpdate());
}
