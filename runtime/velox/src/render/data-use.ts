// What a rendering learned of the data in it: cache tags, and after how long the data is too old (INV-7, ISR-15).

import { MAX_TAGS } from "../cache/tags.js";

/** Tags and lifetime of the data that something was made of. */
export class DataUse {
  readonly tags = new Set<string>();
  /** The shortest lifetime of the data in seconds; false where there is none. */
  revalidate: number | false = false;
  readonly #of: string;

  /** `of` names in messages what the data goes into. */
  constructor(of = "a page") {
    this.#of = of;
  }

  record(tags: Iterable<string>, revalidate: number | false): void {
    for (const tag of tags) this.tags.add(tag);
    if (this.tags.size > MAX_TAGS) throw new RangeError(`${this.#of} can have at most ${MAX_TAGS} cache tags`);
    this.revalidate = shorter(this.revalidate, revalidate);
  }
}

/** The shorter of two lifetimes in seconds; false is for ever. */
export function shorter(a: number | false, b: number | false): number | false {
  return a === false ? b : b === false ? a : Math.min(a, b);
}

/** Checks a lifetime as people write it (ISR-15). */
export function checkLifetime(revalidate: unknown, name: string): number | false {
  if (revalidate === undefined || revalidate === false) return false;
  if (typeof revalidate === "number" && Number.isInteger(revalidate) && revalidate >= 1) return revalidate;
  throw new RangeError(`${name} must be false or an integer of 1 or more, not ${String(revalidate)}`);
}
