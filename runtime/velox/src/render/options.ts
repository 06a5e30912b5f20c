// The value of a `<select>`: in HTML the chosen options say it. Works on the HTML of the options, whoever has printed them; refuses
// to wait for options that come later.

import { isSignal, isThenable } from "../shared/html.js";
import { deferred } from "./text.js";

const OPTION = /<option\b((?:[^>"]|"[^"]*")*)>([^<]*)/gi;
const ATTRIBUTE = /([^\s"=]+)(?:="([^"]*)")?/g;
const REFERENCE = /&(?:(amp|lt|gt|quot|nbsp|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", apos: "'" };

/** The HTML of options with those chosen that `value` names: one, or an array of them. */
export function options(value: unknown, html: string): string {
  if (value === null || value === undefined) return html;
  if (typeof value === "object") {
    if (isThenable(value)) return deferred(value, (inner) => options(inner, html));
    if (isSignal(value)) return options(value.value, html);
  }
  const many = Array.isArray(value);
  const wanted = new Set((many ? value : [value]).map(String));
  let found = false;
  return html.replace(OPTION, (all, attributes: string, label: string) => {
    if (found && !many) return all;
    let name: string | null = null;
    for (const [, key, text] of attributes.matchAll(ATTRIBUTE)) {
      if (key === "selected") return all;
      if (key === "value") name = text ?? "";
    }
    if (!wanted.has(plain(name ?? label.trim().replace(/\s+/g, " ")))) return all;
    found = true;
    return `<option selected${attributes}>${label}`;
  });
}

function plain(text: string): string {
  return text.replace(REFERENCE, (all, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
