// Runs what components do beside rendering. Knows nothing of `onCleanup`: where that is used, it puts itself around.

import type { MountHook } from "../types.js";
import { page } from "./shared-state.js";

/** Runs an effect; gives what ends it, where there is something to end. */
export const runEffect = (run: MountHook): void | (() => void) => (page.runEffect === undefined ? run() : page.runEffect(run)) as void | (() => void);
