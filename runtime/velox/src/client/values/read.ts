// A value in the place of which a signal may stand.

import { isSignal } from "../../shared/html.js";

/** The value of a signal; anything else as it is. */
export function read(value: unknown): unknown {
  return typeof value === "object" && value !== null && isSignal(value) ? value.value : value;
}
