// What runs when a component comes and changes. All of it runs after the document has changed and before the browser
// paints, so that what is measured there is never seen half done.

import { useLayoutEffect, useRef } from "preact/hooks";
import type { MountHook } from "../types.js";
import { inComponent } from "./in-component.js";
import { runEffect } from "./run-effect.js";

export function onMount(run: MountHook): void {
  inComponent("onMount()", () => useLayoutEffect(() => runEffect(run), []));
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
