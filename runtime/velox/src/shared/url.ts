// Which URLs an attribute may hold (ESC-2). Relative URLs and `http`, `https`, `mailto`, `tel` pass;
// anything else is replaced as a whole. Refuses to repair a URL: what is printed is the author's text
// or `about:invalid#velox`.

/** What stands in place of a URL that is not let through. */
export const INVALID_URL = "about:invalid#velox";

const URL_NAMES: ReadonlySet<string> = new Set([
  "href", "src", "action", "formaction", "poster", "data", "srcset", "imagesrcset", "xlink:href", "ping",
  "background", "cite", "longdesc", "manifest", "codebase", "classid", "usemap", "profile", "lowsrc", "dynsrc",
]);

// SVG animation can write an `href` of its parent: its values are URLs as far as safety goes.
const ANIMATION_TAGS: ReadonlySet<string> = new Set(["animate", "set", "animatemotion", "animatetransform"]);
const ANIMATION_NAMES: ReadonlySet<string> = new Set(["to", "from", "by", "values"]);

const SAFE_START = /^(?:[/?#.]|https?:|mailto:|tel:)/;
const IGNORED = /[\0-\x20\x7f]+/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const SAFE_SCHEME = /^(?:https?|mailto|tel)$/i;

/** True where the value of this attribute is a URL; `name` and `tag` in lower case. */
export function isUrlAttribute(name: string, tag: string): boolean {
  return URL_NAMES.has(name) || (ANIMATION_NAMES.has(name) && ANIMATION_TAGS.has(tag));
}

/** True for a relative URL or one of the schemes that are let through. */
export function isSafeUrl(value: string): boolean {
  if (SAFE_START.test(value)) return true;
  // The URL parser drops control characters and spaces, so they may not hide a scheme.
  const scheme = SCHEME.exec(value.replace(IGNORED, ""));
  return scheme === null || SAFE_SCHEME.test(scheme[1]!);
}

/** The URL, or `about:invalid#velox`. */
export function safeUrl(value: string): string {
  return isSafeUrl(value) ? value : INVALID_URL;
}

/** The value of the URL attribute `name`, each URL in it checked by itself where there may be several. */
export function safeUrlValue(name: string, value: string): string {
  if (name === "srcset" || name === "imagesrcset") return safeSrcset(value);
  if (name === "ping") return safeTokens(value);
  if (name === "values") return value.split(";").map(safeUrl).join(";");
  return safeUrl(value);
}

function safeTokens(value: string): string {
  return value.replace(/[^\t\n\f\r ]+/g, safeUrl);
}

// A candidate is a URL without white space, then a descriptor up to the next comma outside parentheses.
function safeSrcset(value: string): string {
  let out = "";
  let at = 0;
  while (at < value.length) {
    const start = at;
    while (at < value.length && /[\t\n\f\r ,]/.test(value[at]!)) at++;
    out += value.slice(start, at);
    const from = at;
    while (at < value.length && !/[\t\n\f\r ]/.test(value[at]!)) at++;
    const written = value.slice(from, at);
    let end = written.length;
    while (end > 0 && written[end - 1] === ",") end--;
    const url = written.slice(0, end);
    if (url !== "") out += safeUrl(url);
    out += written.slice(end);
    if (end < written.length) continue;
    const descriptor = at;
    for (let depth = 0; at < value.length; at++) {
      const character = value[at];
      if (character === "(") depth++;
      else if (character === ")") depth = Math.max(0, depth - 1);
      else if (character === "," && depth === 0) break;
    }
    out += value.slice(descriptor, at);
  }
  return out;
}
