// Objects that are spread on elements, in modules that are compiled for the browser (ESC-3).

import { BOOLEAN_NAMES } from "../../shared/elements.js";
import { isUrlAttribute } from "../../shared/url.js";
import { attributeValue } from "./attribute.js";
import { classText } from "./class.js";

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
