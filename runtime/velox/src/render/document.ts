// The finished document: the head's content is chosen and put in its place, and a page that is no whole
// document gets one around it. Refuses to search a page for tags: only what stands at its very start
// is read, so no text in it can move the head.

import { metaEntries, mergeMeta } from "./meta.js";
import { inlineScript, nonceAttribute, streamScript } from "./inline-scripts.js";
import { HeadOrder, type PlacedEntries } from "./head-order.js";
import type { HeadEntry, Render } from "./render.js";
import type { Boundary } from "./suspense.js";

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

/** A document that may still hold boundaries to wait for. */
export interface DocumentParts {
  /** The document up to the end of its body. */
  readonly pieces: readonly (string | Boundary)[];
  /** What stands behind the end of the body. */
  readonly tail: string;
}

/** Puts a rendered page together; its promises must have settled. */
export function finishDocument(render: Render, source: string, parts: HeadParts): string {
  // Without a boundary that is waited for all pieces are strings.
  const whole = assembleDocument(render, source, parts).join("");
  const end = render.flushBody(null);
  if (end === "") return whole;
  const at = bodyEnd(whole);
  return whole.slice(0, at) + end + whole.slice(at);
}

/** Puts a page together whose boundaries come later. */
export function beginDocument(render: Render, source: string, parts: HeadParts): DocumentParts {
  const pieces = assembleDocument(render, source, parts);
  let last = pieces.length;
  while (last > 0 && typeof pieces[last - 1] === "string") last--;
  const end = pieces.slice(last).join("");
  const at = bodyEnd(end);
  return { pieces: [...pieces.slice(0, last), end.slice(0, at)], tail: end.slice(at) };
}

function assembleDocument(render: Render, source: string, parts: HeadParts): (string | Boundary)[] {
  const { pieces, mark, heads } = render.assemble(source);
  const head = headContent(render, heads, parts, mark < 0);
  // Only what stands before the first boundary is read here, which is all of the document where none is waited for.
  const first = pieces.findIndex((piece) => typeof piece !== "string");
  const rest = first < 0 ? [] : pieces.splice(first);
  if (mark >= 0) {
    if (mark < pieces.length) pieces[mark] = head.html;
    else rest[mark - pieces.length] = head.html;
    const whole = pieces.join("");
    return [startsWithHtml(whole) ? "<!DOCTYPE html>" + whole : whole, ...rest];
  }
  const body = pieces.join("");
  const start = documentStart(body);
  if (start !== null) {
    const doctype = start.doctype ? "" : "<!DOCTYPE html>";
    const inside = start.head || head.html === "" ? head.html : "<head>" + head.html + "</head>";
    return [doctype + body.slice(0, start.end) + inside + body.slice(start.end), ...rest];
  }
  const viewport = head.keys.has("meta:name:viewport")
    ? ""
    : '<meta name="viewport" content="width=device-width, initial-scale=1">';
  const before = '<!DOCTYPE html><html><head><meta charset="utf-8">' + viewport + head.html + "</head><body>";
  return [before + body, ...rest, "</body></html>"];
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

/** The elements of a head: what `meta` says and what `<Head>` adds, for content that comes into another page. */
export function headHtml(
  render: Render,
  heads: readonly PlacedEntries[],
  metas: readonly Record<string, unknown>[],
  site: string | null,
): string {
  const entries: PlacedEntries = { layer: -1, path: [], entries: metas.length === 0 ? [] : metaEntries(mergeMeta(metas), site) };
  return render.plainText(new HeadOrder().late([entries, ...heads]));
}

// The order in the head: what `meta` says, then `<Head>` from the outermost layer inwards, then styles and scripts.
// For equal keys the last one stays, at the place where the key came first.
function headContent(
  render: Render,
  heads: readonly PlacedEntries[],
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
  for (const { entries } of render.headOrder.sorted(heads)) entries.forEach(put);
  let html = "";
  for (const entry of order) html += typeof entry === "string" ? byKey.get(entry)! : entry.html;
  // A promise inside of <Head> left a placeholder.
  if (heads.length > 0) html = render.plainText(html);
  for (const href of parts.styles) html += `<link rel="stylesheet" href="${href}">`;
  for (const src of parts.scripts) html += `<script type="module" src="${src}"${nonceAttribute(render.nonce)}></script>`;
  html += render.flushHead();
  if (render.awaitsContent) html += inlineScript(streamScript, render.nonce);
  return { html, keys: new Set(byKey.keys()) };
}
