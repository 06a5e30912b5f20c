// `meta` objects of a page and its layouts as head entries (S7, L2). The page's values win over those of
// the layouts, inner over outer; the objects under `openGraph`, `twitter` and `alternates` are joined key
// by key. Refuses values that are neither text nor a list of texts.

import { escapeQuoted, escapeText } from "../shared/escape.js";
import { safeUrl } from "../shared/url.js";
import type { HeadEntry } from "./render.js";

/** Robots as text or as switches. */
export type Robots = string | { index?: boolean; follow?: boolean; [directive: string]: boolean | string | number | undefined };

/** What a page or layout may export as `meta` (S7). */
export interface Meta {
  title?: string | null | undefined;
  description?: string | null | undefined;
  keywords?: string | readonly string[] | null | undefined;
  author?: string | null | undefined;
  canonical?: string | null | undefined;
  robots?: Robots | null | undefined;
  viewport?: string | { [key: string]: string | number | undefined } | null | undefined;
  themeColor?: string | null | undefined;
  openGraph?: {
    title?: string | null | undefined;
    description?: string | null | undefined;
    image?: string | readonly string[] | null | undefined;
    url?: string | null | undefined;
    type?: string | null | undefined;
    siteName?: string | null | undefined;
    [key: string]: unknown;
  } | null | undefined;
  twitter?: {
    card?: string | null | undefined;
    title?: string | null | undefined;
    description?: string | null | undefined;
    image?: string | null | undefined;
    [key: string]: unknown;
  } | null | undefined;
  /** Language code to URL. */
  alternates?: { [language: string]: string | null | undefined } | null | undefined;
  [name: string]: unknown;
}

const JOINED: ReadonlySet<string> = new Set(["openGraph", "twitter", "alternates"]);
const SKIPPED = Symbol("skipped");

/** Joins metas from the outermost layout to the page. */
export function mergeMeta(metas: readonly Record<string, unknown>[]): Map<string, unknown> {
  const merged = new Map<string, unknown>();
  for (const meta of metas) {
    for (const key of Object.keys(meta)) {
      const value = meta[key];
      if (value === undefined) continue;
      const before = merged.get(key);
      merged.set(key, JOINED.has(key) && isPlain(before) && isPlain(value) ? { ...before, ...value } : value);
    }
  }
  return merged;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Head entries of a merged meta; `site` makes the URLs among them absolute, where there is one. */
export function metaEntries(meta: ReadonlyMap<string, unknown>, site: string | null): HeadEntry[] {
  const entries: HeadEntry[] = [];
  const named = (name: string, value: unknown): void => {
    const content = contentOf(value);
    if (content !== SKIPPED) entries.push(metaTag("name", name, content));
  };
  const property = (name: string, value: unknown): void => {
    for (const one of Array.isArray(value) ? value : [value]) {
      const content = contentOf(one);
      if (content !== SKIPPED) entries.push({ ...metaTag("property", name, content), ...(Array.isArray(value) ? { key: null } : {}) });
    }
  };
  for (const [key, value] of meta) {
    if (value === null) continue;
    switch (key) {
      case "title": {
        const content = contentOf(value);
        if (content !== SKIPPED) entries.push({ key: "title", html: "<title>" + escapeText(content) + "</title>" });
        break;
      }
      case "canonical": {
        const href = contentOf(value);
        if (href !== SKIPPED) entries.push({ key: "link:canonical", html: linkTag("canonical", absolute(href, site)) });
        break;
      }
      case "robots":
        named("robots", isPlain(value) ? robotsText(value) : value);
        break;
      case "viewport":
        named("viewport", isPlain(value) ? pairs(value) : value);
        break;
      case "themeColor":
        named("theme-color", value);
        break;
      case "openGraph":
        if (isPlain(value)) for (const name of Object.keys(value)) property("og:" + openGraphName(name), url(name, value[name], site));
        break;
      case "twitter":
        if (isPlain(value)) for (const name of Object.keys(value)) named("twitter:" + name, url(name, value[name], site));
        break;
      case "alternates":
        if (isPlain(value)) {
          for (const language of Object.keys(value)) {
            const href = contentOf(value[language]);
            if (href === SKIPPED) continue;
            const hreflang = ` hreflang="${escapeQuoted(language)}"`;
            entries.push({ key: "link:alternate:" + language, html: linkTag("alternate", absolute(href, site), hreflang) });
          }
        }
        break;
      default:
        named(key, value);
    }
  }
  return entries;
}

function metaTag(kind: "name" | "property", name: string, content: string): HeadEntry {
  const html = `<meta ${kind}="${escapeQuoted(name)}" content="${escapeQuoted(content)}">`;
  return { key: `meta:${kind}:${name}`, html };
}

function linkTag(rel: string, href: string, more = ""): string {
  return `<link rel="${rel}"${more} href="${escapeQuoted(safeUrl(href))}">`;
}

function contentOf(value: unknown): string | typeof SKIPPED {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof URL) return value.href;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? SKIPPED : value.toISOString();
  if (Array.isArray(value)) {
    const parts = value.map(contentOf).filter((part): part is string => part !== SKIPPED);
    return parts.length === 0 ? SKIPPED : parts.join(", ");
  }
  return SKIPPED;
}

function url(name: string, value: unknown, site: string | null): unknown {
  if (name !== "image" && name !== "url" && name !== "images") return value;
  if (Array.isArray(value)) return value.map((one) => (typeof one === "string" ? absolute(one, site) : one));
  return typeof value === "string" ? absolute(value, site) : value;
}

function absolute(href: string, site: string | null): string {
  return site !== null && URL.canParse(href, site) ? new URL(href, site).href : href;
}

function openGraphName(name: string): string {
  return name === "images" ? "image" : name.replace(/[A-Z]/g, (letter) => "_" + letter.toLowerCase());
}

function robotsText(value: Record<string, unknown>): string {
  const parts: string[] = [];
  for (const name of Object.keys(value)) {
    const setting = value[name];
    if (name === "index" || name === "follow") parts.push(setting === false ? "no" + name : name);
    else if (setting === true) parts.push(name);
    else if (typeof setting === "string" || typeof setting === "number") parts.push(`${name}:${setting}`);
  }
  return parts.join(", ");
}

function pairs(value: Record<string, unknown>): string {
  return Object.keys(value)
    .filter((name) => value[name] !== undefined && value[name] !== null)
    .map((name) => `${name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase())}=${String(value[name])}`)
    .join(", ");
}
