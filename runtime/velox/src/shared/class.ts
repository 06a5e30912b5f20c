// `class` and `style` values (T4): strings, arrays, objects. Refuses a style value that could end its
// declaration and start another.

/** A `class` value: a string, an object of name and condition, or an array of such. */
export type ClassValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | { readonly [name: string]: unknown }
  | readonly ClassValue[];

/** A `style` value: CSS text or an object of declarations; no unit is ever added to a number. */
export type StyleValue =
  | string
  | null
  | undefined
  | false
  | { readonly [property: string]: string | number | bigint | null | undefined | boolean };

/** The class names of a value, joined by single spaces. */
export function classNames(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (typeof value !== "object") return typeof value === "function" || typeof value === "symbol" ? "" : String(value);
  let out = "";
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      const part = typeof item === "string" ? item : classNames(item);
      if (part !== "") out += out === "" ? part : " " + part;
    }
    return out;
  }
  for (const name of Object.keys(value)) {
    if ((value as Record<string, unknown>)[name]) out += out === "" ? name : " " + name;
  }
  return out;
}

const PROPERTY = /^(?:--[\w-]+|-?[a-z][a-z0-9-]*)$/;

/** The CSS text of a `style` value. */
export function styleText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") return "";
  let out = "";
  for (const name of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[name];
    if (part === null || part === undefined || typeof part === "boolean" || part === "") continue;
    if (typeof part !== "string" && typeof part !== "number" && typeof part !== "bigint") continue;
    const property = propertyName(name);
    const text = typeof part === "string" ? part.trim() : String(part);
    if (!PROPERTY.test(property) || !isOneValue(text)) continue;
    out += (out === "" ? "" : "; ") + property + ": " + text;
  }
  return out;
}

function propertyName(name: string): string {
  if (name.startsWith("--")) return name;
  const kebab = name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
  return /^ms-/.test(kebab) ? "-" + kebab : kebab;
}

// One declaration value: strings closed, brackets balanced, and no `;`, `{`, `}` or comment mark outside
// of strings that would let the text leave the declaration.
function isOneValue(text: string): boolean {
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === "\\") {
      if (++i >= text.length || text[i] === "\n") return false;
    } else if (character === '"' || character === "'") {
      for (i++; i < text.length && text[i] !== character; i++) {
        if (text[i] === "\n" || text[i] === "\r" || text[i] === "\f") return false;
        if (text[i] === "\\") i++;
      }
      if (i >= text.length) return false;
    } else if (character === "(" || character === "[") {
      open.push(character === "(" ? ")" : "]");
    } else if (character === ")" || character === "]") {
      if (open.pop() !== character) return false;
    } else if (character === ";" ? open.length === 0 : character === "{" || character === "}" || character === "\0") {
      return false;
    } else if ((character === "/" && text[i + 1] === "*") || (character === "*" && text[i + 1] === "/")) {
      return false;
    }
  }
  return open.length === 0;
}
