// Effects outside of components.

import { effect as coreEffect } from "@preact/signals";
import { runEffect } from "./run-effect.js";

export function effect(run: () => void | (() => void)): () => void {
  return coreEffect(() => runEffect(run));
}
