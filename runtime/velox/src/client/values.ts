// Values in modules that are compiled for the browser, where elements are vnodes of preact: what a
// renderer to HTML escapes by place is made safe here before it reaches the DOM (T4, T5, ESC-2, ESC-3).
// Refuses to write HTML: nothing here escapes, and nothing needs a render context.

import { classNames } from "../shared/class.js";
import { BOOLEAN_NAMES } from "../shared/elements.js";
import { escapeJson, escapeText } from "../shared/escape.js";
import { isHtml, isSignal } from "../shared/html.js";
import { isUrlAttribute, safeUrlValue } from "../shared/url.js";

/** A `class` value as text; nothing where no name is left. */
export function classText(value: unknown): string | undefined {
  const names = classNames(read(value));
  return names === "" ? undefined : names;
}

/** The value of an attribute that holds URLs, or of `srcdoc`, where a string stands for text. */
export function attributeValue(name: string, value: unknown): unknown {
  const inner = read(value);
  const lower = name.toLowerCase();
  if (lower === "srcdoc") {
    if (typeof inner === "object" && inner !== null && isHtml(inner)) return inner.toString();
    return isText(inner) ? escapeText(String(inner)) : inner;
  }
  return isText(inner) ? safeUrlValue(lower, String(inner)) : inner;
}

/** The text of `innerHTML`. */
export function markup(value: unknown): string {
  const inner = read(value);
  if (inner === null || inner === undefined || typeof inner === "boolean") return "";
  return Array.isArray(inner) ? inner.map(markup).join("") : String(inner);
}

/** A value as the text of a script block of a JSON type; a string stands for JSON text already. */
export function jsonText(value: unknown): string {
  const inner = read(value);
  return escapeJson(typeof inner === "string" ? inner : (JSON.stringify(inner) ?? "null"));
}

const NAME = /^[A-Za-z_:][\w:.-]*$/;
const DROPPED: ReadonlySet<string> = new Set(["innerhtml", "outerhtml", "dangerouslysetinnerhtml", "srcdoc", "children"]);

/** What of an object may be spread on the element `tag`: handlers that are functions, and names and values that are safe. */
export function safeProps(props: unknown, tag: string): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  if (typeof props !== "object" || props === null) return out;
  for (const name of Object.keys(props)) {
    const value = (props as Record<string, unknown>)[name];
    const lower = name.toLowerCase();
    if (!NAME.test(name) || name === "__proto__" || DROPPED.has(lower)) continue;
    if (lower.startsWith("on")) {
      if (typeof value === "function") out[name] = value;
    } else if (lower === "class" || lower === "classname") {
      out["class"] = classText(value);
    } else if (name === "htmlFor") {
      out["for"] = value;
    } else if (isUrlAttribute(lower, tag.toLowerCase())) {
      out[name] = attributeValue(name, value);
    } else {
      // An empty string is how HTML writes a boolean attribute that is set.
      out[name] = value === "" && BOOLEAN_NAMES.has(lower) ? true : value;
    }
  }
  return out;
}

function read(value: unknown): unknown {
  return typeof value === "object" && value !== null && isSignal(value) ? value.value : value;
}

// What an attribute prints: an object by its `toString`, which is called once.
function isText(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return !["boolean", "function", "symbol"].includes(typeof value);
}
