// Attributes that hold URLs, and `srcdoc`, in modules that are compiled for the browser (ESC-2).

import { escapeText } from "../../shared/escape.js";
import { isHtml } from "../../shared/html.js";
import { safeUrlValue } from "../../shared/url.js";
import { read } from "./read.js";

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

// What an attribute prints: an object by its `toString`, which is called once.
function isText(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return !["boolean", "function", "symbol"].includes(typeof value);
}
