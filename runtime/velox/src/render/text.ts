// What `{expr}` prints (T2). Strings and numbers take the short way: no closure, no array, no scope is
// touched. Refuses to change what it is given: arrays are read, never written.

import { escapeText } from "../shared/escape.js";
import { Html, html, isHtml, isSignal, isThenable } from "../shared/html.js";
import { renderScope } from "./scope.js";

/** Escaped text of a value; HTML of components and templates passes as it is. */
export function text(value: unknown): string {
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return other(value, text);
}

/** Like `text`, but a string is HTML already. */
export function raw(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return other(value, raw);
}

function other(value: unknown, print: (value: unknown) => string): string {
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (typeof value !== "object") {
    return typeof value === "function" && isThenable(value) ? deferred(value, print) : print(asString(value));
  }
  if (isHtml(value)) return value.toString();
  if (Array.isArray(value)) {
    let out = "";
    for (let i = 0; i < value.length; i++) out += print(value[i]);
    return out;
  }
  if (isThenable(value)) return deferred(value, print);
  if (isSignal(value)) return print(value.value);
  if (typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function") {
    let out = "";
    for (const item of value as Iterable<unknown>) out += print(item);
    return out;
  }
  return escapeText(asString(value));
}

/** `String(x)` that has an answer for objects without a way to become one. */
export function asString(value: unknown): string {
  if (typeof value === "object" && value !== null && typeof value.toString !== "function") return "[object Object]";
  return String(value);
}

/** Leaves a placeholder that becomes what `print` makes of the promise's value. */
export function deferred<T>(promise: PromiseLike<T>, print: (value: T) => string): string {
  const scope = renderScope("A promise in a template");
  return scope.render.defer(scope.collector, promise, print);
}

/**
 * `list.map(fn)` in a template, where `fn` gives HTML as a string. Holes of a sparse array are skipped,
 * and something with a `map` method of its own keeps its meaning.
 */
export function map<T>(
  list: { map(fn: (...args: any[]) => unknown): unknown },
  fn: (item: T, index: number, list: readonly T[]) => string,
): string {
  if (Array.isArray(list)) {
    let out = "";
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (item === undefined && !(i in list)) continue;
      const part: unknown = fn(item, i, list);
      out += typeof part === "string" ? part : raw(part);
    }
    return out;
  }
  // What is not of this callback is text.
  return text(list.map((...args: [T, number, readonly T[]]) => html(fn(...args))));
}

/** Children of a component that is not a `.velox` file: rendered when they are printed, not before. */
export function children(print: () => string): Html {
  return new Html(print);
}

/**
 * Marks a promise of a server block as seen, so that its rejection before the template prints it is no
 * `unhandledRejection` (STR-5); gives the value back.
 */
export function hold<T>(value: T): T {
  if (isThenable(value)) value.then(undefined, ignore);
  return value;
}

function ignore(): void {}
