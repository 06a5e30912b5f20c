// Escaping by place: text, quoted attribute value, JSON in a script block (ESC-1, ESC-4).
// Each function scans for the first character that matters and copies nothing where there is none.
// Refuses unquoted attributes, comments and executable scripts: the compiler has no call for those.

const TEXT_SPECIAL = /[&<>\0]/;
const ATTRIBUTE_SPECIAL = /[&<>"\0]/;
const JSON_SPECIAL = /[<\u2028\u2029]/g;

// Up to this length looking at each character is faster than asking a pattern.
const SHORT = 24;

/** Text content: `&`, `<` and `>` become references, NUL becomes U+FFFD as the HTML parser has it. */
export function escapeText(value: string): string {
  const { length } = value;
  if (length > SHORT) {
    const at = value.search(TEXT_SPECIAL);
    return at < 0 ? value : replaceFrom(value, at, false);
  }
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 62 && (code === 38 || code === 60 || code === 62 || code === 0)) return replaceFrom(value, i, false);
  }
  return value;
}

/** The inside of a double-quoted attribute value. */
export function escapeQuoted(value: string): string {
  const { length } = value;
  if (length > SHORT) {
    const at = value.search(ATTRIBUTE_SPECIAL);
    return at < 0 ? value : replaceFrom(value, at, true);
  }
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 62 && (code === 34 || code === 38 || code === 60 || code === 62 || code === 0)) return replaceFrom(value, i, true);
  }
  return value;
}

function replaceFrom(value: string, index: number, quotes: boolean): string {
  const { length } = value;
  let out = value.slice(0, index);
  let last = index;
  for (; index < length; index++) {
    const code = value.charCodeAt(index);
    // Letters are the usual case.
    if (code > 62) continue;
    let replacement: string;
    if (code === 38) replacement = "&amp;";
    else if (code === 60) replacement = "&lt;";
    else if (code === 62) replacement = "&gt;";
    else if (code === 34 && quotes) replacement = "&quot;";
    else if (code === 0) replacement = "\ufffd";
    else continue;
    out += value.slice(last, index) + replacement;
    last = index + 1;
  }
  return last < length ? out + value.slice(last) : out;
}

/** Makes JSON text safe inside any `<script>` block, whatever the case of a closing tag in the data. */
export function escapeJson(text: string): string {
  return text.replace(JSON_SPECIAL, jsonEscape);
}

function jsonEscape(character: string): string {
  return character === "<" ? "\\u003c" : character === "\u2028" ? "\\u2028" : "\\u2029";
}
