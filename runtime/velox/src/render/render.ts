// One rendering: the table of what was left out of the strings (promises, head entries, the place for
// the head) and the pass that puts everything together in linear time. A placeholder carries random
// bytes of this rendering, so no data can name one. Refuses to run user code: it only joins strings.

import { getRandomValues } from "node:crypto";
import { Collector } from "./collector.js";
import { HeadOrder, type PlacedEntries } from "./head-order.js";
import { inlineScript, lateHeadScript } from "./inline-scripts.js";
import { DataUse } from "./data-use.js";
import type { Boundary, SuspensePlan } from "./suspense.js";

/** One element for `<head>`; entries of equal key replace each other, the later wins (T10). */
export interface HeadEntry {
  readonly key: string | null;
  readonly html: string;
}

type Slot =
  | { readonly kind: "html"; html: string }
  | { readonly kind: "head"; readonly layer: number; readonly entries: readonly HeadEntry[] }
  | { readonly kind: "boundary"; readonly boundary: Boundary }
  | { readonly kind: "mark" };

/** A document with its head still to be filled in. */
export interface Assembled {
  /** HTML, and boundaries that have to be waited for (in `ordered` mode alone). */
  readonly pieces: (string | Boundary)[];
  /** Index of the piece that stands for the head, or -1. */
  readonly mark: number;
  /** Head entries with the layer that wrote them, in document order. */
  readonly heads: readonly PlacedEntries[];
}

/**
 * Something that writes along with the page: islands their modules and props, queries their state. It is asked each time
 * when HTML leaves the rendering, and gives what is new since the last time.
 */
export interface FlushPart {
  /** HTML for the end of `<head>`; asked once. */
  head?(): string;
  /**
   * HTML for the end of `<body>` where `boundary` is null, else for the end of that boundary's chunk. Parts are asked in
   * the order in which they stand.
   */
  body(boundary: string | null): string;
}

/** The state of one rendering that its blocks, layouts and components share. */
export class Render {
  /** Counts the promises outside of every boundary. */
  readonly collector = new Collector();
  /** Cache tags and lifetimes of the data in it (X1). */
  readonly data = new DataUse();
  /** What happens to content that is not there yet; null where all of it is waited for and printed in place (STR-4). */
  plan: SuspensePlan | null = null;
  readonly #slots: Slot[] = [];
  readonly #late: { readonly slot: { html: string }; readonly print: () => string }[] = [];
  readonly #makeNonce: () => string | null;
  #parts: FlushPart[] | null = null;
  #ending: (() => void)[] | null = null;
  #ended = false;
  #prefix = "";
  #boundaries = 0;
  #boundaryPrefix = "";
  #knowsLateHead = false;
  /** Which entries of the head count. */
  readonly headOrder = new HeadOrder();

  /** `nonce` gives the nonce that the page's inline scripts need, or null where they need none. */
  constructor(nonce: () => string | null = noNonce) {
    this.#makeNonce = nonce;
  }

  /** For the `nonce` attribute of the framework's own scripts; null where there is no policy, or one of hashes. */
  get nonce(): string | null {
    return this.#makeNonce();
  }

  /**
   * Adds HTML of the framework's own to what leaves the rendering; `first` before the parts that are there: what others
   * need when the browser comes to them.
   */
  onFlush(part: FlushPart, first = false): void {
    const parts = (this.#parts ??= []);
    if (first) parts.unshift(part);
    else parts.push(part);
  }

  /** Runs when the response has ended or its client has left; what belongs to one rendering is cleared then. */
  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else (this.#ending ??= []).push(listener);
  }

  /** Ends the rendering: nothing of it is needed any more. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const ending = this.#ending;
    this.#ending = null;
    for (const listener of ending ?? []) listener();
    // A promise that never settles must not keep the page.
    this.#slots.length = 0;
  }

  /** What the parts put into the head. */
  flushHead(): string {
    let html = "";
    for (const part of this.#parts ?? []) html += part.head?.() ?? "";
    return html;
  }

  /** What the parts put behind the shell, or behind a boundary's content. */
  flushBody(boundary: string | null): string {
    let html = "";
    for (const part of this.#parts ?? []) html += part.body(boundary);
    return html;
  }

  /** Leaves a placeholder for what `finish` makes of the promise's value. */
  defer<T>(collector: Collector, promise: PromiseLike<T>, finish: (value: T) => string): string {
    const slot = { kind: "html" as const, html: "" };
    collector.add(promise, (value) => {
      slot.html = finish(value);
    });
    return this.#place(slot);
  }

  /** Leaves a placeholder for HTML that can be told only when every template has run. */
  later(print: () => string): string {
    const slot = { kind: "html" as const, html: "" };
    this.#late.push({ slot, print });
    return this.#place(slot);
  }

  /** True while something waits for every template to have run. */
  get hasLate(): boolean {
    return this.#late.length > 0;
  }

  /** Prints what waited for every template to have run; it may leave promises. */
  printLate(): void {
    for (const { slot, print } of this.#late.splice(0)) slot.html = print();
  }

  /** True where the page has been written with fallbacks whose content comes later. */
  get awaitsContent(): boolean {
    return this.#boundaries > 0;
  }

  /** Leaves the placeholder of a boundary whose content is not there. */
  boundary(boundary: Boundary): string {
    return this.#place({ kind: "boundary", boundary });
  }

  /** Leaves a placeholder for entries of the head, so that their order is that of the document. */
  head(layer: number, entries: readonly HeadEntry[]): string {
    return this.#place({ kind: "head", layer, entries });
  }

  /** Leaves the placeholder at which the head is filled in. */
  headMark(): string {
    return this.#place({ kind: "mark" });
  }

  /** What content that comes after the shell puts into the head: an element that the browser takes apart. */
  lateHead(heads: readonly PlacedEntries[]): string {
    const html = heads.length === 0 ? "" : this.headOrder.late(heads);
    return html === "" ? "" : "<velox-head>" + this.plainText(html) + "</velox-head>";
  }

  /** The script that late content with something for the head needs; once. */
  lateHeadScript(): string {
    if (this.#knowsLateHead) return "";
    this.#knowsLateHead = true;
    return inlineScript(lateHeadScript, this.nonce);
  }

  /** HTML without boundaries: where content cannot come later. */
  plainText(html: string): string {
    return this.assemble(html).pieces.filter((piece) => typeof piece === "string").join("");
  }

  /**
   * Replaces every placeholder in `source`; call it when its collector has settled. A boundary that is still pending
   * gets its name, and its fallback stands between comments with that. `path` is the place of the source in the document.
   */
  assemble(source: string, path: readonly number[] = []): Assembled {
    const pieces: (string | Boundary)[] = [];
    const heads: PlacedEntries[] = [];
    let count = 0;
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
      else if (slot.kind === "boundary") {
        slot.boundary.path = [...path, count++];
        this.#putBoundary(slot.boundary, stack, pieces);
      } else if (slot.kind === "head") heads.push({ layer: slot.layer, entries: slot.entries, path: [...path, count++] });
      else if (mark < 0) mark = pieces.push("") - 1;
    }
    return { pieces, mark, heads };
  }

  #putBoundary(boundary: Boundary, stack: { text: string; at: number }[], pieces: (string | Boundary)[]): void {
    if (boundary.state === "done") {
      stack.push({ text: boundary.html, at: 0 });
    } else if (this.plan?.mode === "ordered") {
      pieces.push(boundary);
    } else {
      // Random, so that no HTML of a user can name a boundary; numbered, since their number is small.
      if (this.#boundaryPrefix === "") this.#boundaryPrefix = "v" + randomText().slice(0, 12) + "-";
      boundary.id ??= this.#boundaryPrefix + ++this.#boundaries;
      pieces.push("<!--[" + boundary.id + "-->");
      stack.push({ text: "<!--" + boundary.id + "]-->", at: 0 }, { text: boundary.fallback, at: 0 });
    }
  }

  #place(slot: Slot): string {
    if (this.#prefix === "") this.#prefix = "<!--v:" + randomText() + ":";
    return this.#prefix + (this.#slots.push(slot) - 1) + "-->";
  }
}

function noNonce(): null {
  return null;
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
