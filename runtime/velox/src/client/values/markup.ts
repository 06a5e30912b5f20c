// HTML and JSON that stand in elements, in modules that are compiled for the browser.

import { escapeJson } from "../../shared/escape.js";
import { read } from "./read.js";

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
