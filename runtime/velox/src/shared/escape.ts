// Escaping by place: text, quoted attribute value, JSON in a script block (ESC-1, ESC-4).
// Each function scans for the first character that matters and copies nothing where there is none.
// Refuses unquoted attributes, comments and executable scripts: the compiler has no call for those.

const TEXT_SPECIAL = /[&<>\0]/;
const ATTRIBUTE_SPECIAL = /[&<>"\0]/;
const JSON_SPECIAL = /[<\u2028\u2029]/g;

// Up to this length looking at each character is faster than asking a pattern, or for each character that matters.
const SHORT = 24;

// From this many on in one text, looking at each character is faster than searching for the next.
const DENSE = 8;

/** Text content: `&`, `<` and `>` become references, NUL becomes U+FFFD as the HTML parser has it. */
export function escapeText(value: string): string {
  const { length } = value;
  if (length > SHORT) return escapeLong(value, false);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 62 && (code === 38 || code === 60 || code === 62 || code === 0)) return replaceFrom(value, i, 0, "", false);
  }
  return value;
}

/** The inside of a double-quoted attribute value. */
export function escapeQuoted(value: string): string {
  const { length } = value;
  if (length > SHORT) return escapeLong(value, true);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 62 && (code === 34 || code === 38 || code === 60 || code === 62 || code === 0)) {
      return replaceFrom(value, i, 0, "", true);
    }
  }
  return value;
}

/**
 * Searches for each character by itself, which engines do many bytes at a time where all of a text is Latin-1. Each
 * search goes on where its last one ended, so the text is read once for each.
 */
function escapeLong(value: string, quotes: boolean): string {
  const { length } = value;
  // A text that is not Latin-1 has such a character at one of two places, most likely; a pattern reads it faster.
  if ((value.charCodeAt(0) | value.charCodeAt(length >> 1)) > 255) {
    const at = value.search(quotes ? ATTRIBUTE_SPECIAL : TEXT_SPECIAL);
    return at < 0 ? value : replaceFrom(value, at, 0, "", quotes);
  }
  let ampersand = next(value, "&", 0);
  let less = next(value, "<", 0);
  let greater = next(value, ">", 0);
  let nul = next(value, "\0", 0);
  let quote = quotes ? next(value, '"', 0) : length;
  let out = "";
  let last = 0;
  for (let count = 0; ; count++) {
    let at = ampersand < less ? ampersand : less;
    if (greater < at) at = greater;
    if (quote < at) at = quote;
    if (nul < at) at = nul;
    if (at === length) break;
    if (count === DENSE) return replaceFrom(value, at, last, out, quotes);
    const before = value.slice(last, at);
    last = at + 1;
    if (at === ampersand) {
      out += before + "&amp;";
      ampersand = next(value, "&", last);
    } else if (at === less) {
      out += before + "&lt;";
      less = next(value, "<", last);
    } else if (at === greater) {
      out += before + "&gt;";
      greater = next(value, ">", last);
    } else if (at === quote) {
      out += before + "&quot;";
      quote = next(value, '"', last);
    } else {
      out += before + "\ufffd";
      nul = next(value, "\0", last);
    }
  }
  return last === 0 ? value : last < length ? out + value.slice(last) : out;
}

/** The next place of a character; the end where there is none. */
function next(value: string, character: string, from: number): number {
  const at = value.indexOf(character, from);
  return at < 0 ? value.length : at;
}

/** Goes on at `index`, where one that matters stands; `out` is what has become of the text before `last`. */
function replaceFrom(value: string, index: number, last: number, out: string, quotes: boolean): string {
  const { length } = value;
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
