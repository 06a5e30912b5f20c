// The finished document: the head's content is chosen and put in its place, and a page that is no whole
// document gets one around it. Refuses to search a page for tags: only what stands at its very start
// is read, so no text in it can move the head.

import { metaEntries, mergeMeta } from "./meta.js";
import type { HeadEntry, Render } from "./render.js";

/** What the head is made of besides `<Head>` entries. */
export interface HeadParts {
  readonly metas: readonly Record<string, unknown>[];
  /** Keys that a layout writes itself (S7). */
  readonly writes: ReadonlySet<string>;
  readonly styles: readonly string[];
  /** Modules of the page's `<script>` elements, once each (T11). */
  readonly scripts: readonly string[];
  readonly site: string | null;
}

const DOCTYPE = /<!doctype[^>]*>/iy;
const HTML_TAG = /<html(?:[\s/](?:"[^"]*"|'[^']*'|[^"'>])*)?>/iy;
const HEAD_TAG = /<head(?:[\s/](?:"[^"]*"|'[^']*'|[^"'>])*)?>/iy;

/** Puts a rendered page together; its promises must have settled. */
export function finishDocument(render: Render, source: string, parts: HeadParts): string {
  const { pieces, mark, heads } = render.assemble(source);
  const head = headContent(render, heads, parts, mark < 0);
  const end = render.flushBody(null);
  if (mark >= 0) {
    pieces[mark] = head.html;
    const whole = pieces.join("");
    return beforeEnd(startsWithHtml(whole) ? "<!DOCTYPE html>" + whole : whole, end);
  }
  const body = pieces.join("");
  const start = documentStart(body);
  if (start !== null) {
    const doctype = start.doctype ? "" : "<!DOCTYPE html>";
    const inside = start.head || head.html === "" ? head.html : "<head>" + head.html + "</head>";
    return beforeEnd(doctype + body.slice(0, start.end) + inside + body.slice(start.end), end);
  }
  const viewport = head.keys.has("meta:name:viewport")
    ? ""
    : '<meta name="viewport" content="width=device-width, initial-scale=1">';
  return (
    '<!DOCTYPE html><html><head><meta charset="utf-8">' + viewport + head.html + "</head><body>" + body + end + "</body></html>"
  );
}

function beforeEnd(whole: string, html: string): string {
  if (html === "") return whole;
  const at = bodyEnd(whole);
  return whole.slice(0, at) + html + whole.slice(at);
}

const ENDS = /^(?:<\/body\s*>\s*)?(?:<\/html\s*>\s*)?$/i;

/** Where a document's body ends. Only what stands at its very end is read, so no text in it can move the place. */
export function bodyEnd(whole: string): number {
  const from = Math.max(0, whole.length - 256);
  const end = whole.slice(from).toLowerCase();
  for (const tag of ["</body", "</html"]) {
    const at = end.lastIndexOf(tag);
    if (at >= 0 && ENDS.test(end.slice(at))) return from + at;
  }
  return whole.length;
}

function startsWithHtml(whole: string): boolean {
  const start = documentStart(whole);
  return start !== null && !start.doctype;
}

// Where the start tags of a whole document end; null for anything else. Written as a scan, since a
// pattern over comments would try every way to divide them.
function documentStart(text: string): { doctype: boolean; head: boolean; end: number } | null {
  let at = skipSpace(text, 0);
  const past = (tag: RegExp): boolean => {
    tag.lastIndex = at;
    if (!tag.test(text)) return false;
    at = tag.lastIndex;
    return true;
  };
  const doctype = past(DOCTYPE);
  if (doctype) at = skipSpace(text, at);
  if (!past(HTML_TAG)) return null;
  const afterHtml = at;
  at = skipSpace(text, at);
  return past(HEAD_TAG) ? { doctype, head: true, end: at } : { doctype, head: false, end: afterHtml };
}

function skipSpace(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff) {
      at++;
    } else if (text.startsWith("<!--", at)) {
      const end = text.indexOf("-->", at + 4);
      if (end < 0) return at;
      at = end + 3;
    } else {
      return at;
    }
  }
}

// The order in the head: what `meta` says, then `<Head>` from the outermost layer inwards, then styles and scripts.
// For equal keys the last one stays, at the place where the key came first.
function headContent(
  render: Render,
  heads: readonly { readonly layer: number; readonly entries: readonly HeadEntry[] }[],
  parts: HeadParts,
  ignoreWrites: boolean,
): { html: string; keys: ReadonlySet<string> } {
  const order: (HeadEntry | string)[] = [];
  const byKey = new Map<string, string>();
  const put = (entry: HeadEntry): void => {
    if (entry.key === null) {
      order.push(entry);
    } else {
      if (!byKey.has(entry.key)) order.push(entry.key);
      byKey.set(entry.key, entry.html);
    }
  };
  if (parts.metas.length > 0) {
    for (const entry of metaEntries(mergeMeta(parts.metas), parts.site)) {
      if (entry.key === null || ignoreWrites || !parts.writes.has(entry.key)) put(entry);
    }
  }
  // Array.prototype.sort is stable: within a layer the order is that of the document.
  for (const { entries } of [...heads].sort((a, b) => a.layer - b.layer)) entries.forEach(put);
  let html = "";
  for (const entry of order) html += typeof entry === "string" ? byKey.get(entry)! : entry.html;
  // A promise inside of <Head> left a placeholder.
  if (heads.length > 0) html = render.assemble(html).pieces.join("");
  for (const href of parts.styles) html += `<link rel="stylesheet" href="${href}">`;
  for (const src of parts.scripts) html += `<script type="module" src="${src}"></script>`;
  html += render.flushHead();
  return { html, keys: new Set(byKey.keys()) };
}
