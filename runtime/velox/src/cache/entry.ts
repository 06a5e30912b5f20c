// Questions to an entry: how old it is, and whether it is too old.

import type { Entry } from "./store.js";

/** No bytes. */
export const NO_BODY: Uint8Array = new Uint8Array(0);

/** True where the entry is older than it may be. */
export function isAged(entry: Entry, now: number, revalidate: number | false = entry.revalidate): boolean {
  return revalidate !== false && now - entry.renderStart >= revalidate * 1000;
}

/** Whole seconds since the start of its making. */
export function ageOf(entry: Entry, now: number): number {
  return Math.max(0, Math.floor((now - entry.renderStart) / 1000));
}
