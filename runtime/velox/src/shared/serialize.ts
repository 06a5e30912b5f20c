// Values that travel from the server to the browser inside a page: props of islands, the state of queries
// (T8, ISL-4, ESC-4). Plain JSON where the types allow it, else the encoding of devalue, which the browser loads
// its decoder for. Refuses what cannot arrive as it was: functions, symbols, promises, signals, class instances,
// a property named `__proto__`, arrays with more holes than anybody means to send.

import { DevalueError, stringify } from "devalue";
import { escapeJson } from "./escape.js";
import { isHtml, isSignal } from "./html.js";
import { SPARSE_LIMIT } from "./serialize-limits.js";

export { escapeJson as escapeForScript } from "./escape.js";

/** A value as text that may stand in a `<script type="application/json">` as it is. */
export interface EncodedValue {
  readonly text: string;
  /** 0: JSON. 1: the encoding that `decodeValue` loads a decoder for. */
  readonly flag: 0 | 1;
}

/** A value that cannot be sent; the message names it by its path. */
export class SerializeError extends TypeError {
  /** Where in the value, as one would write it: `items[3].onClick`; empty for the value itself. */
  readonly path: string;

  constructor(what: string, path: string, problem: string) {
    super(`${what}: ${path === "" ? "the value" : path} ${problem}`);
    this.name = "SerializeError";
    this.path = path;
  }
}

/** Encodes a value. `what` says in errors what it is: `the props of <Counter>`. */
export function encodeValue(value: unknown, what: string): EncodedValue {
  const walk = new Walk(what);
  walk.value(value, null, 0);
  if (walk.plain) return { text: escapeJson(JSON.stringify(value)), flag: 0 };
  try {
    return { text: escapeJson(stringify(value, undefined, { operations: OPERATIONS })), flag: 1 };
  } catch (error) {
    // Only a getter that answers differently the second time comes here.
    if (error instanceof DevalueError) throw new SerializeError(what, error.path.replace(/^\./, ""), "changed while it was read");
    throw error;
  }
}

interface Path {
  readonly outer: Path | null;
  readonly step: string;
}

const DEPTH_LIMIT = 1000;
const NUMBER_ARRAYS = [
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Float16Array", "Int32Array", "Uint32Array",
  "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
];
const BUILT_IN: ReadonlySet<string> = new Set([
  "Array", "Date", "Map", "Set", "URL", "URLSearchParams", "RegExp", "ArrayBuffer", "DataView", ...NUMBER_ARRAYS,
]);

// Looks at everything once: is it JSON, and may it be sent at all?
class Walk {
  plain = true;
  readonly #what: string;
  readonly #seen = new Set<object>();

  constructor(what: string) {
    this.#what = what;
  }

  value(value: unknown, path: Path | null, depth: number): void {
    switch (typeof value) {
      case "string":
      case "boolean":
        return;
      case "number":
        if (!Number.isFinite(value) || Object.is(value, -0)) this.plain = false;
        return;
      case "undefined":
      case "bigint":
        this.plain = false;
        return;
      case "object":
        if (value !== null) this.#object(value, path, depth);
        return;
      default:
        this.#refuse(path, `is a ${typeof value}, which cannot be sent to the browser`);
    }
  }

  #object(value: object, path: Path | null, depth: number): void {
    if (this.#seen.has(value)) {
      this.plain = false;
      return;
    }
    this.#seen.add(value);
    if (depth === DEPTH_LIMIT) this.#refuse(path, `is nested more than ${DEPTH_LIMIT} levels deep`);
    if (Array.isArray(value)) this.#array(value, path, depth);
    else {
      const kind = kindOf(value);
      if (kind === "Object") this.#record(value as Record<string, unknown>, path, depth);
      else if (kind === "Map") this.#map(value as Map<unknown, unknown>, path, depth);
      else if (kind === "Set") this.#set(value as Set<unknown>, path, depth);
      else if (kind !== null) this.plain = false;
      else this.#refuse(path, problemOf(value));
    }
  }

  #array(value: readonly unknown[], path: Path | null, depth: number): void {
    if (kindOf(value) !== "Array") this.#refuse(path, problemOf(value));
    if (value.length > SPARSE_LIMIT && Object.keys(value).length < value.length / 2) {
      this.#refuse(path, `is an array of ${value.length} items, most of which are missing`);
    }
    for (let i = 0; i < value.length; i++) {
      const item = value[i];
      if (item === undefined) this.plain = false;
      else if (typeof item !== "string") this.value(item, pathOf(item, path, i), depth + 1);
    }
  }

  #record(value: Record<string, unknown>, path: Path | null, depth: number): void {
    for (const name of Object.keys(value)) {
      if (name === "__proto__") this.#refuse(path, "has a property named __proto__, which cannot be sent to the browser");
      const inner = value[name];
      if (typeof inner !== "string") this.value(inner, pathOf(inner, path, name), depth + 1);
    }
    if (Object.getOwnPropertySymbols(value).some((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol))) {
      this.#refuse(path, "has a property that is named by a symbol, which cannot be sent to the browser");
    }
  }

  #map(value: Map<unknown, unknown>, path: Path | null, depth: number): void {
    this.plain = false;
    for (const [key, inner] of value) {
      this.value(key, { outer: path, step: ".keys()" }, depth + 1);
      const name = typeof key === "object" && key !== null ? "..." : typeof key === "string" ? JSON.stringify(key) : String(key);
      this.value(inner, { outer: path, step: `.get(${name})` }, depth + 1);
    }
  }

  #set(value: Set<unknown>, path: Path | null, depth: number): void {
    this.plain = false;
    for (const inner of value) this.value(inner, { outer: path, step: ".values()" }, depth + 1);
  }

  #refuse(path: Path | null, problem: string): never {
    let text = "";
    for (let node = path; node !== null; node = node.outer) text = node.step + text;
    throw new SerializeError(this.#what, text.replace(/^\./, ""), problem);
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

// The path of a part; numbers and booleans need none.
function pathOf(part: unknown, outer: Path | null, key: string | number): Path | null {
  if (typeof part === "number" || typeof part === "boolean" || part === null || part === undefined) return outer;
  return { outer, step: typeof key === "number" ? `[${key}]` : IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]` };
}

// The built-in class that made an object; null for an instance of any other, a subclass included. Judged by the
// prototype's constructor, so that objects of another realm pass and a forged `Symbol.toStringTag` does not.
function kindOf(value: object): string | null {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return "Object";
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (!BUILT_IN.has(tag)) return null;
  const name = (prototype.constructor as { name?: unknown } | undefined)?.name;
  return name === tag || (name === "Buffer" && tag === "Uint8Array") ? tag : null;
}

function problemOf(value: object): string {
  if (isSignal(value)) return "is a signal, which cannot be sent to the browser; pass its value";
  if (isHtml(value)) return "is an element, which cannot be sent to the browser; pass it as a child of the component";
  if (typeof (value as { then?: unknown }).then === "function") return "is a promise, which cannot be sent to the browser; await it first";
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name?: unknown } };
  const name = prototype.constructor?.name;
  const of = typeof name === "string" && name !== "" ? `an instance of ${name}` : "an instance of a class";
  return `is ${of}, which cannot be sent to the browser; pass a plain object`;
}

type View = ArrayBufferView & { readonly length?: number };

const OPERATIONS = {
  tagOf: (value: object): string => kindOf(value) ?? "Object",
  isThenable: (): boolean => false,
  // A view of a part sends that part alone: what else its buffer holds (Node's pool of buffers!) is not for the page.
  viewInfo(value: View) {
    const view = isWhole(value) ? value : copyOf(value);
    return {
      buffer: view.buffer,
      byteOffset: view.byteOffset,
      byteLength: view.byteLength,
      length: view.length ?? view.byteLength,
      bufferByteLength: view.buffer.byteLength,
    };
  },
  shapeOf(value: object): { kind: "plain"; keys: string[] } | { kind: "not-plain" } {
    return kindOf(value) === "Object" ? { kind: "plain", keys: Object.keys(value) } : { kind: "not-plain" };
  },
};

function isWhole(view: View): boolean {
  const { buffer } = view;
  return Object.prototype.toString.call(buffer) === "[object ArrayBuffer]" && view.byteLength === buffer.byteLength;
}

function copyOf(view: View): View {
  const bytes = new Uint8Array(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const Type = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => View>)[kindOf(view) ?? "Uint8Array"]!;
  return new Type(bytes.buffer);
}
