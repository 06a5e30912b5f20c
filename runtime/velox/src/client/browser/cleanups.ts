// What runs when a component goes, or before its effects run again. In an effect these say what ends that effect.

import { useLayoutEffect, useRef } from "preact/hooks";
import type { MountHook } from "../types.js";
import { inComponent } from "./in-component.js";
import { page } from "./shared-state.js";

type Cleanup = () => void;

// Of the effect that runs now.
let cleanups: Cleanup[] | null = null;

// Runs an effect, and gives what ends it: what it returned, and what it said by `onCleanup`.
page.runEffect = (run: MountHook): Cleanup => {
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
};

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
