// What runs when a component comes, changes and goes. All of it runs after the document has changed and before
// the browser paints, so that what is measured there is never seen half done.

import { useLayoutEffect, useRef } from "preact/hooks";
import type { MountHook } from "../types.js";
import { inComponent } from "./owner.js";

type Cleanup = () => void;

// Of the effect that runs now.
let cleanups: Cleanup[] | null = null;

/** Runs an effect, and gives what ends it: what it returned, and what it said by `onCleanup`. */
export function withCleanups(run: MountHook): Cleanup {
  const outer = cleanups;
  const own: Cleanup[] = (cleanups = []);
  try {
    const end = run();
    if (typeof end === "function") own.push(end);
  } finally {
    cleanups = outer;
  }
  return () => {
    for (const cleanup of own.splice(0)) cleanup();
  };
}

export function onMount(run: MountHook): void {
  inComponent("onMount()", () => useLayoutEffect(() => withCleanups(run), []));
}

export function onUpdate(run: () => void): void {
  inComponent("onUpdate()", () => {
    const mounted = useRef(false);
    useLayoutEffect(() => {
      if (mounted.current) run();
      mounted.current = true;
    });
  });
}

export function onCleanup(run: () => void): void {
  if (cleanups !== null) cleanups.push(run);
  else inComponent("onCleanup()", () => useLayoutEffect(() => run));
}

export function onDestroy(run: () => void): void {
  if (cleanups !== null) cleanups.push(run);
  else
    inComponent("onDestroy()", () => {
      const last = useRef(run);
      last.current = run;
      useLayoutEffect(() => () => last.current(), []);
    });
}
