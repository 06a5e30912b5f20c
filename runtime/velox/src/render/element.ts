// An element made at run time: by `jsx()` or by a component name that holds a string. The same
// attribute functions as in emitted code. Refuses names that no HTML or SVG element has (ESC-5).

import { spread } from "./attributes.js";
import { HTML_NAMES, SVG_NAMES, VOID_NAMES } from "../shared/elements.js";
import { isHtml } from "../shared/html.js";
import { options } from "./options.js";
import { text } from "./text.js";

const CUSTOM_NAME = /^[a-z][a-z0-9._]*-[\w.-]*$/;
const RAW_TEXT: ReadonlySet<string> = new Set(["script", "style"]);

/** The HTML of an element. With `chosen` its name came from data: then scripts and styles are refused too. */
export function element(tag: string, props: Record<string, unknown>, chosen: boolean): string {
  if (!isElementName(tag) || (chosen && RAW_TEXT.has(tag))) {
    throw new TypeError(`${JSON.stringify(tag)} is not the name of an element that can be made here`);
  }
  const open = "<" + tag + spread(props, tag);
  if (VOID_NAMES.has(tag)) return open + ">";
  const content = contentOf(tag, props);
  // The parser drops a line break right after these start tags.
  const keep = content.startsWith("\n") && (tag === "pre" || tag === "textarea" || tag === "listing") ? "\n" : "";
  return open + ">" + keep + content + "</" + tag + ">";
}

/** True for a name of HTML or SVG, or one that a custom element may have. */
export function isElementName(tag: string): boolean {
  return HTML_NAMES.has(tag) || SVG_NAMES.has(tag) || CUSTOM_NAME.test(tag);
}

function contentOf(tag: string, props: Record<string, unknown>): string {
  const inner = Object.hasOwn(props, "innerHTML") ? props["innerHTML"] : undefined;
  // A string may have come with a spread of foreign data; HTML cannot.
  if (typeof inner === "object" && inner !== null && isHtml(inner)) return inner.toString();
  const children = Object.hasOwn(props, "children") ? props["children"] : undefined;
  if (RAW_TEXT.has(tag)) {
    if (children === undefined || children === null) return "";
    throw new TypeError(`<${tag}> takes its text from innerHTML={html(...)}: references are not read inside of it`);
  }
  if (tag === "select") return options(valueOf(props), text(children));
  return tag === "textarea" && (children === undefined || children === null) ? text(valueOf(props)) : text(children);
}

// Names are those of HTML or of foreign data: only an object's own count.
function valueOf(props: Record<string, unknown>): unknown {
  const name = ["value", "defaultValue"].find((one) => Object.hasOwn(props, one) && props[one] !== undefined);
  return name === undefined ? undefined : props[name];
}
