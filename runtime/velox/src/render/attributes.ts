// Attributes (T4, T5, ESC-2, ESC-3): each function gives ` name="value"`, ` name`, or nothing.
// Refuses event handlers and, in a spread, every name and value that could bring in script or markup.

import { classNames, styleText } from "../shared/class.js";
import { escapeJson, escapeQuoted, escapeText } from "../shared/escape.js";
import { isHtml, isSignal, isThenable } from "../shared/html.js";
import { BOOLEAN_NAMES } from "../shared/elements.js";
import { isUrlAttribute, safeUrlValue } from "../shared/url.js";
import { asString, deferred } from "./text.js";

/** An attribute whose place has no meaning of its own. */
export function attribute(name: string, value: unknown): string {
  if (typeof value === "string") {
    // The one name whose text is markup: a string in it stands for text.
    return " " + name + '="' + escapeQuoted(name === "srcdoc" ? escapeText(value) : value) + '"';
  }
  if (typeof value === "number") return " " + name + '="' + value + '"';
  return otherAttribute(name, value, attribute);
}

/** An attribute whose value is a URL, or several (`srcset`, `ping`). */
export function urlAttribute(name: string, value: unknown): string {
  if (typeof value === "string") {
    // The usual case, a path: nothing before its first slash can be a scheme.
    const path = name === "href" && value.charCodeAt(0) === 47;
    return " " + name + '="' + escapeQuoted(path ? value : safeUrlValue(name, value)) + '"';
  }
  return otherAttribute(name, value, urlAttribute);
}

/** An attribute that is there or not. */
export function booleanAttribute(name: string, value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if (isThenable(value)) return deferred(value, (inner) => booleanAttribute(name, inner));
    if (isSignal(value)) return booleanAttribute(name, value.value);
  }
  return value ? " " + name : "";
}

/** `class` from a string, array or object; nothing where no name is left. */
export function classAttribute(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    if (isThenable(value)) return deferred(value, classAttribute);
    if (isSignal(value)) return classAttribute(value.value);
  }
  const names = classNames(value);
  return names === "" ? "" : ' class="' + escapeQuoted(names) + '"';
}

/** `style` from a string or an object of declarations; nothing where no declaration is left. */
export function styleAttribute(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if (isThenable(value)) return deferred(value, styleAttribute);
    if (isSignal(value)) return styleAttribute(value.value);
  }
  const css = styleText(value);
  return css === "" ? "" : ' style="' + escapeQuoted(css) + '"';
}

/** A value inside a quoted attribute whose other parts are constant. */
export function escapeAttribute(value: unknown): string {
  if (typeof value === "string") return escapeQuoted(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) {
    if (isThenable(value)) return deferred(value, escapeAttribute);
    if (isSignal(value)) return escapeAttribute(value.value);
  }
  // Here a template literal joins the parts, which prints `null` and `true` as words.
  return escapeQuoted(asString(value));
}

// These are not boolean: bare, they mean something else than "true", and absent something else than "false".
const WRITTEN_OUT = /^(?:aria-|data-|(?:draggable|spellcheck|contenteditable|writingsuggestions)$)/i;

function otherAttribute(name: string, value: unknown, print: (name: string, value: unknown) => string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") {
    if (WRITTEN_OUT.test(name)) return " " + name + '="' + value + '"';
    return value ? " " + name : "";
  }
  if (typeof value === "object") {
    if (isThenable(value)) return deferred(value, (inner) => print(name, inner));
    if (isSignal(value)) return print(name, value.value);
    if (name === "srcdoc" && isHtml(value)) return ' srcdoc="' + escapeQuoted(value.toString()) + '"';
    return print(name, asString(value));
  }
  if (typeof value === "function" || typeof value === "symbol") return "";
  return print(name, String(value));
}

const NAME = /^[A-Za-z_:][\w:.-]*$/;
const DROPPED: ReadonlySet<string> = new Set([
  "innerhtml", "dangerouslysetinnerhtml", "srcdoc", "children", "key", "ref",
]);

/** The attributes of a spread object on the element `tag` (ESC-3). */
export function spread(props: unknown, tag: string, scopeAttribute?: string): string {
  let out = "";
  if (typeof props === "object" && props !== null) {
    const source = props as Record<string, unknown>;
    for (const name of Object.keys(source)) out += spreadOne(name, source[name], tag);
  }
  return scopeAttribute === undefined || scopeAttribute === "" ? out : out + " " + scopeAttribute;
}

// What these properties say when the page is made, attributes or content say in HTML.
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  input: { defaultValue: "value", defaultChecked: "checked" },
  video: { defaultMuted: "muted" },
  audio: { defaultMuted: "muted" },
  select: { value: "", defaultValue: "" },
  textarea: { value: "", defaultValue: "" },
};

function spreadOne(given: string, value: unknown, tag: string): string {
  if (typeof value === "function" || !NAME.test(given)) return "";
  const properties = PROPERTIES[tag];
  const name = properties !== undefined && Object.hasOwn(properties, given) ? properties[given]! : given;
  const lower = name.toLowerCase();
  if (lower === "") return "";
  if (lower.startsWith("on") || DROPPED.has(lower)) return "";
  if (lower === "class" || lower === "classname") return classAttribute(value);
  if (lower === "style") return styleAttribute(value);
  if (name === "htmlFor") return attribute("for", value);
  // Where the value is a URL the lower-case name decides, since HTML does not tell `HREF` from `href`.
  if (isUrlAttribute(lower, tag.toLowerCase())) return urlAttribute(lower, value);
  // An empty string is how HTML writes a boolean attribute that is set.
  if (BOOLEAN_NAMES.has(lower)) return booleanAttribute(lower, value === "" || value);
  return attribute(name, value);
}

/**
 * A value for a script block of a JSON type (T11, ESC-4): a string stands for JSON text already, anything
 * else is written as JSON; either way nothing in it can end the block.
 */
export function json(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if (isThenable(value)) return deferred(value, json);
    if (isSignal(value)) return json(value.value);
  }
  return escapeJson(typeof value === "string" ? value : (JSON.stringify(value) ?? "null"));
}

