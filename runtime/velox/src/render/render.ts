// One rendering: the table of what was left out of the strings (promises, head entries, the place for
// the head) and the pass that puts everything together in linear time. A placeholder carries random
// bytes of this rendering, so no data can name one. Refuses to run user code: it only joins strings.

import { getRandomValues } from "node:crypto";
import { Collector } from "./collector.js";
import { DataUse } from "./data-use.js";

/** One element for `<head>`; entries of equal key replace each other, the later wins (T10). */
export interface HeadEntry {
  readonly key: string | null;
  readonly html: string;
}

type Slot =
  | { readonly kind: "html"; html: string }
  | { readonly kind: "head"; readonly layer: number; readonly entries: readonly HeadEntry[] }
  | { readonly kind: "mark" };

/** A document with its head still to be filled in. */
export interface Assembled {
  readonly pieces: string[];
  /** Index of the piece that stands for the head, or -1. */
  readonly mark: number;
  /** Head entries with the layer that wrote them, in document order. */
  readonly heads: readonly { readonly layer: number; readonly entries: readonly HeadEntry[] }[];
}

/** The state of one rendering that its blocks, layouts and components share. */
export class Render {
  /** Counts the promises outside of every boundary. */
  readonly collector = new Collector();
  /** Cache tags and lifetimes of the data in it (X1). */
  readonly data = new DataUse();
  readonly #slots: Slot[] = [];
  #prefix = "";

  /** Leaves a placeholder for what `finish` makes of the promise's value. */
  defer<T>(collector: Collector, promise: PromiseLike<T>, finish: (value: T) => string): string {
    const slot = { kind: "html" as const, html: "" };
    collector.add(promise, (value) => {
      slot.html = finish(value);
    });
    return this.#place(slot);
  }

  /** Leaves a placeholder for entries of the head, so that their order is that of the document. */
  head(layer: number, entries: readonly HeadEntry[]): string {
    return this.#place({ kind: "head", layer, entries });
  }

  /** Leaves the placeholder at which the head is filled in. */
  headMark(): string {
    return this.#place({ kind: "mark" });
  }

  /** Replaces every placeholder in `source`; call it when the collector has settled. */
  assemble(source: string): Assembled {
    const pieces: string[] = [];
    const heads: { layer: number; entries: readonly HeadEntry[] }[] = [];
    let mark = -1;
    if (this.#slots.length === 0) return { pieces: [source], mark, heads };
    // An explicit stack: nesting is as deep as the page has it.
    const stack = [{ text: source, at: 0 }];
    while (stack.length > 0) {
      const frame = stack[stack.length - 1]!;
      const found = frame.text.indexOf(this.#prefix, frame.at);
      if (found < 0) {
        pieces.push(frame.at === 0 ? frame.text : frame.text.slice(frame.at));
        stack.pop();
        continue;
      }
      const from = found + this.#prefix.length;
      const end = frame.text.indexOf("-->", from);
      if (found > frame.at) pieces.push(frame.text.slice(frame.at, found));
      frame.at = end < 0 ? frame.text.length : end + 3;
      const slot = this.#slots[Number(frame.text.slice(from, end))];
      if (slot === undefined) continue;
      if (slot.kind === "html") stack.push({ text: slot.html, at: 0 });
      else if (slot.kind === "head") heads.push(slot);
      else if (mark < 0) mark = pieces.push("") - 1;
    }
    return { pieces, mark, heads };
  }

  #place(slot: Slot): string {
    if (this.#prefix === "") this.#prefix = "<!--v:" + randomText() + ":";
    return this.#prefix + (this.#slots.push(slot) - 1) + "-->";
  }
}

const POOL_SIZE = 4096;
let pool: Uint8Array | undefined;
let poolAt = POOL_SIZE;

// 128 random bits; the operating system is asked once for many pages.
function randomText(): string {
  if (pool === undefined) pool = new Uint8Array(POOL_SIZE);
  if (poolAt >= POOL_SIZE) {
    getRandomValues(pool);
    poolAt = 0;
  }
  let out = "";
  for (const end = poolAt + 16; poolAt < end; poolAt++) {
    out += (pool[poolAt]! + 256).toString(16).slice(1);
  }
  return out;
}
