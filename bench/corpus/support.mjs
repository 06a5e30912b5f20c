// What pages of every dialect share: a library of data, and components.

import { cls, el, ex, iff, tx, x } from "./tree.mjs";
import { ISLANDS } from "./pages.mjs";
import { print } from "./print.mjs";

/** The library that pages load from. */
export const DB = `// Generated. A typed, in-memory stand-in for a database.
export interface Author { id: string; name: string; url: string; bio: string | null }
export interface Tag { id: string; label: string; color: string }
export interface Review { id: string; author: Author; rating: number; body: string; date: Date }
export interface Product { id: string; name: string; price: number; discount: number; inStock: boolean; image: string; alt: string; url: string; rating: number; tags: Tag[] }
export interface Post { slug: string; title: string; excerpt: string; author: Author; tags: Tag[]; publishedAt: Date; featured: boolean; readingMinutes: number }
export interface NavItem { href: string; label: string; children: { href: string; label: string }[] }
export interface Row { id: string; label: string; values: number[]; delta: number }
export interface Faq { id: string; question: string; answer: string; open: boolean }
export interface Site { name: string; env: 'production' | 'development'; build: string; links: { href: string; label: string; external: boolean }[] }

const author: Author = { id: 'a1', name: 'Ada <Lovelace>', url: '/authors/ada', bio: null };
const tags: Tag[] = [{ id: 't1', label: 'new & hot', color: '#c00' }, { id: 't2', label: 'sale', color: '#0c0' }];
export function linkProps(href: string): { href: string; rel: string } { return { href, rel: href.startsWith('http') ? 'noopener' : 'prefetch' }; }
export async function getPost(slug: string): Promise<Post> { return { slug, title: 'Post ' + slug, excerpt: 'Short & sweet', author, tags, publishedAt: new Date(0), featured: true, readingMinutes: 3.4 }; }
export async function getProducts(q: { category: string; limit: number }): Promise<Product[]> { return Array.from({ length: q.limit }, (_, i) => ({ id: 'p' + i, name: q.category + ' ' + i, price: 10 + i, discount: (i % 3) / 5, inStock: i % 4 !== 0, image: '/i/' + i + '.jpg', alt: 'Image ' + i, url: '/p/' + i, rating: i % 5, tags })); }
export async function getRows(key: string): Promise<Row[]> { return Array.from({ length: 8 }, (_, i) => ({ id: key + i, label: key + ' ' + i, values: [1, 2, i], delta: i - 4 })); }
export async function getNav(): Promise<NavItem[]> { return [{ href: '/', label: 'Home', children: [] }, { href: '/shop', label: 'Shop', children: [{ href: '/shop/new', label: 'New' }] }]; }
export async function getFaqs(topic: string): Promise<Faq[]> { return [{ id: 'f1', question: 'What is ' + topic + '?', answer: 'A thing.', open: false }]; }
export async function getReviews(slug: string, limit: number): Promise<Review[]> { return Array.from({ length: limit }, (_, i) => ({ id: slug + i, author, rating: i % 6, body: 'Nice <b>' + i, date: new Date(0) })); }
export async function getSite(): Promise<Site> { return { name: 'Bench', env: 'development', build: 'abcdef0123', links: [{ href: '/about', label: 'About', external: false }] }; }
export async function listSlugs(): Promise<{ slug: string }[]> { return [{ slug: 'one' }, { slug: 'two' }]; }
`;
/** Components, with the types of their props. */
export const PROPS = {
  Layout: "title: string; description: string",
  Card: "title: string; href?: string",
  Badge: "label: string; tone: string",
  Price: "amount: number; currency: string",
  Rating: "value: number; max: number",
  Avatar: "name: string; url: string; size: number",
  Counter: "start: number; label: string",
  AddToCart: "id: string; label: string",
};
const names = (s) => s.split(";").map((p) => p.split(":")[0].trim().replace("?", ""));
const SLOT = new Set(["Layout", "Card"]);
const body = {
  Layout: el(
    "div",
    [["class", "layout"]],
    [el("h1", [], [ex("title")]), el("p", [], [ex("description")]), { t: "slot" }],
  ),
  Card: el(
    "div",
    [["class", "card"]],
    [iff("href", el("a", [["href", x("href")]], [ex("title")]), el("h3", [], [ex("title")])), { t: "slot" }],
  ),
  Badge: el("span", [cls("badge", x("tone"))], [ex("label")]),
  Price: el("data", [["value", x("amount")]], [ex("amount.toFixed(2)"), tx(" "), ex("currency")]),
  Rating: el("span", [["class", "rating"]], [ex("value"), tx("/"), ex("max")]),
  Avatar: el(
    "a",
    [["href", x("url")]],
    [
      el("img", [
        ["alt", x("name")],
        ["width", x("size")],
        ["src", x("`/avatars/${name}.png`")],
      ]),
    ],
  ),
  Counter: el("button", [["type", "button"]], [ex("label"), tx(": "), ex("start")]),
  AddToCart: el(
    "button",
    [
      ["type", "button"],
      ["data-id", x("id")],
    ],
    [ex("label")],
  ),
};
function clone(k, s) {
  if (k.t === "slot") return tx(s);
  return {
    ...k,
    kids: k.kids?.map((c) => clone(c, s)),
    then: k.then && clone(k.then, s),
    els: k.els && clone(k.els, s),
  };
}
/** A component in a dialect: its ending and its text. */
export function component(name, dialect) {
  const props = PROPS[name],
    ns = names(props).join(", ");
  if ((dialect === "velox" || dialect === "astro") && ISLANDS.has(name)) {
    return [
      ".tsx",
      name === "Counter"
        ? `import { useState } from 'preact/hooks';\nexport default function Counter({ start, label }: { start: number; label: string }) {\n  const [n, set] = useState(start);\n  return <button type="button" onClick={() => set(n + 1)}>{label}: {n}</button>;\n}\n`
        : `export default function AddToCart({ id, label }: { id: string; label: string }) {\n  return <button type="button" data-id={id}>{label}</button>;\n}\n`,
    ];
  }
  if (dialect === "astro")
    return [
      ".astro",
      `---\ninterface Props { ${props} }\nconst { ${ns} } = Astro.props;\n---\n\n` +
        print(clone(body[name], "<slot />"), "astro"),
    ];
  if (dialect === "velox")
    return [
      ".velox",
      `---\ninterface Props { ${props} }\nconst { ${ns} } = props as Props;\n---\n\n` +
        print(clone(body[name], "<slot />"), "velox"),
    ];
  if (dialect === "tsx")
    return [
      ".tsx",
      `${SLOT.has(name) ? "import type { ComponentChildren } from 'preact';\n" : ""}export default function ${name}({ ${ns}${SLOT.has(name) ? ", children" : ""} }: { ${props}${SLOT.has(name) ? "; children?: ComponentChildren" : ""} }) {\n  return (\n` +
        print(clone(body[name], "{children}"), "tsx").replace(/^(?=.)/gm, "    ") +
        `  );\n}\n`,
    ];
  if (dialect === "svelte")
    return [
      ".svelte",
      `<script lang="ts">\n${SLOT.has(name) ? "  import type { Snippet } from 'svelte';\n" : ""}  let { ${ns}${SLOT.has(name) ? ", children" : ""} }: { ${props}${SLOT.has(name) ? "; children?: Snippet" : ""} } = $props();\n</script>\n\n` +
        print(clone(body[name], "{@render children?.()}"), "svelte"),
    ];
  if (dialect === "vue")
    return [
      ".vue",
      `<script setup lang="ts">\ndefineProps<{ ${props} }>();\n</script>\n\n<template>\n` +
        print(clone(body[name], "<slot />"), "vue") +
        `</template>\n`,
    ];
  return [
    ".marko",
    `export interface Input { ${props}${SLOT.has(name) ? "; content?: Marko.Body" : ""} }\n<const/{ ${ns}${SLOT.has(name) ? ", content: Content" : ""} }=input>\n` +
      print(clone(body[name], "<Content/>"), "marko"),
  ];
}
