// Attributes of emitted code, with the constant HTML on both sides: `before` ends with ` name="`, `after` begins
// with the quote that ends the value. A string is joined with both and nothing else; a value that changes more than
// what stands between the quotes goes the way of `attributes.ts`.
// Refuses `srcdoc` and lists of URLs: those have no short way.

import { classNames } from "../shared/class.js";
import { escapeQuoted } from "../shared/escape.js";
import { safeUrl } from "../shared/url.js";
import { attribute, classAttribute, urlAttribute } from "./attributes.js";

/** An attribute whose place has no meaning of its own. */
export function withAttribute(before: string, value: unknown, after: string): string {
  if (typeof value === "string") return before + escapeQuoted(value) + after;
  if (typeof value === "number") return before + value + after;
  return apart(before, value, after, attribute);
}

/** An attribute whose value is one URL. */
export function withUrl(before: string, value: unknown, after: string): string {
  if (typeof value === "string") {
    // The usual case, a path: nothing before its first slash can be a scheme.
    return before + escapeQuoted(value.charCodeAt(0) === 47 ? value : safeUrl(value)) + after;
  }
  return apart(before, value, after, urlAttribute);
}

/** `class` from a string, array or object; nothing where no name is left. */
export function withClass(before: string, value: unknown, after: string): string {
  let names = "";
  if (typeof value === "string") {
    names = value;
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      const part = typeof item === "string" ? item : item === false || item === undefined ? "" : classNames(item);
      if (part !== "") names = names === "" ? part : names + " " + part;
    }
  } else {
    return apart(before, value, after, classOf);
  }
  return names === "" ? apart(before, names, after, classOf) : before + escapeQuoted(names) + after;
}

function classOf(_name: string, value: unknown): string {
  return classAttribute(value);
}

/** Takes the attribute out of its HTML: what `print` gives may be a name alone, or nothing. */
function apart(before: string, value: unknown, after: string, print: (name: string, value: unknown) => string): string {
  const at = before.lastIndexOf(" ");
  return before.slice(0, at) + print(before.slice(at + 1, -2), value) + after.slice(1);
}
