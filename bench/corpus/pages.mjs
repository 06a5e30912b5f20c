// Pages: what one loads and shows, and how each dialect writes it as a file.

import { fraction, fractionOf, int, pick, seed, sentence, title, word } from "./random.mjs";
import { comp, el, x } from "./tree.mjs";
import { print } from "./print.mjs";
import { SECTIONS } from "./sections.mjs";

const LOADERS = {
  post: () => "getPost(slug)",
  products: () => `getProducts({ category: '${word()}', limit: ${int(4, 40)} })`,
  rows: () => `getRows('${word()}')`,
  nav: () => "getNav()",
  faqs: () => `getFaqs('${word()}')`,
  reviews: () => `getReviews(slug, ${int(2, 20)})`,
  site: () => "getSite()",
};
const FN = {
  post: "getPost",
  products: "getProducts",
  rows: "getRows",
  nav: "getNav",
  faqs: "getFaqs",
  reviews: "getReviews",
  site: "getSite",
};
/** Data that is loaded by the route's param. */
const BY_SLUG = new Set(["post", "reviews"]);
/** How many routes are linked to: the first ones, so that every corpus of as many routes or more has them. */
const LINKED = 100;
/** The folder of a route. */
export const folder = (i) => "r" + String(i).padStart(5, "0");
const isDynamic = (base, i) => fractionOf(base * 7919 + i) < 0.6;
/** Components that also run in the browser. */
export const ISLANDS = new Set(["Counter", "AddToCart"]);

/** Page `i` of a corpus: what it loads, and its tree. */
export function route(base, i, minSections = 0) {
  seed(base * 1000003 + i);
  const n = minSections || int(1, 7);
  const order = SECTIONS.map((s) => [fraction(), s])
    .sort((a, b) => a[0] - b[0])
    .map((p) => p[1]);
  const href = () => {
    const to = int(0, LINKED - 1);
    return `/${folder(to)}${isDynamic(base, to) ? "/" + word() : ""}`;
  };
  const secs = Array.from({ length: n }, (_, k) => order[k % order.length](href));
  const data = [...new Set(secs.flatMap((s) => s.data))],
    uses = [...new Set(["Layout", ...secs.flatMap((s) => s.uses)])].sort();
  return {
    i,
    data: data.map((d) => [d, LOADERS[d]()]),
    uses,
    dynamic: isDynamic(base, i),
    by_slug: data.some((d) => BY_SLUG.has(d)),
    render: pick(["ssr", "ssg", "isr"]),
    revalidate: int(10, 600),
    title: title(),
    description: sentence(),
    spread: JSON.stringify(secs.map((s) => s.tree)).includes("linkProps"),
    tree: comp(
      "Layout",
      [
        ["title", x("meta.title")],
        ["description", x("meta.description")],
      ],
      [
        el(
          "main",
          [
            ["class", `page ${word()}`],
            ["data-route", String(i)],
          ],
          secs.map((s) => s.tree),
        ),
      ],
    ),
  };
}

const dbImport = (r, extra = []) => {
  const s = [
    ...new Set([...r.data.map(([d]) => FN[d]), ...(r.spread ? ["linkProps"] : []), ...extra]),
  ].sort();
  return s.length ? `import { ${s.join(", ")} } from '$lib/db';\n` : "";
};
const compImports = (r, x) =>
  r.uses
    .map((u) => `import ${u} from '$components/${u}${ISLANDS.has(u) && x.island ? x.island : x.ext}';\n`)
    .join("");
const slugOf = (r, src) => (!r.by_slug ? "" : r.dynamic ? src : `const slug = 'route-${r.i}';\n`);
/** Loads the data: what is several is loaded at once. */
const loads = (r, indent = "") => {
  const names = r.data.map(([d]) => d).join(", ");
  const calls = r.data.map(([, e]) => `${indent}  ${e},\n`).join("");
  if (r.data.length > 1) return `${indent}const [${names}] = await Promise.all([\n${calls}${indent}]);\n`;
  return r.data.map(([d, e]) => `${indent}const ${d} = await ${e};\n`).join("");
};
/** What a page is given where its data is loaded elsewhere. */
const given = (r) => [...(r.by_slug ? ["slug"] : []), ...r.data.map(([d]) => d)].join(", ");
const metaSrc = (r) => `{\n  title: '${r.title}',\n  description: '${r.description}',\n}`;
const PATHS_BODY = `  const all = await listSlugs();\n  return all.map((entry) => ({ params: { slug: entry.slug } }));\n`;
/** A page as a file of each dialect. */
export const emit = {
  velox: (r) =>
    `---\n${dbImport(r, r.dynamic && r.render === "ssg" ? ["listSlugs"] : [])}${compImports(r, { ext: ".velox", island: ".tsx" })}\n` +
    slugOf(r, "const { slug } = params;\n") +
    loads(r) +
    `\nexport const meta = ${metaSrc(r)};\nexport const config = { render: '${r.render}'${r.render === "isr" ? `, revalidate: ${r.revalidate}` : ""} };\n` +
    (r.dynamic && r.render === "ssg" ? `\nexport async function paths() {\n${PATHS_BODY}}\n` : "") +
    `---\n\n` +
    print(r.tree, "velox"),
  astro: (r) =>
    `---\n${dbImport(r, r.dynamic && r.render === "ssg" ? ["listSlugs"] : [])}${compImports(r, { ext: ".astro", island: ".tsx" })}\n` +
    slugOf(r, "const { slug = '' } = Astro.params;\n") +
    loads(r) +
    `\nconst meta = ${metaSrc(r)};\nexport const prerender = ${r.render === "ssg"};\n` +
    (r.dynamic && r.render === "ssg" ? `\nexport async function getStaticPaths() {\n${PATHS_BODY}}\n` : "") +
    `---\n\n` +
    print(r.tree, "astro"),
  tsx: (r) =>
    `${dbImport(r, r.dynamic && r.render === "ssg" ? ["listSlugs"] : [])}${compImports(r, { ext: "" })}\n` +
    `export const meta = ${metaSrc(r)};\nexport const config = { render: '${r.render}'${r.render === "isr" ? `, revalidate: ${r.revalidate}` : ""} };\n` +
    (r.dynamic && r.render === "ssg" ? `\nexport async function paths() {\n${PATHS_BODY}}\n` : "") +
    `\nexport default async function Route(${r.dynamic && r.by_slug ? "{ params }: { params: { slug: string } }" : ""}) {\n` +
    slugOf(r, "const { slug } = params;\n").replace(/^(?=.)/, "  ") +
    loads(r, "  ") +
    `  return (\n` +
    print(r.tree, "tsx").replace(/^(?=.)/gm, "    ") +
    `  );\n}\n`,
  svelte: (r) =>
    `<script module lang="ts">\n${dbImport(r, r.dynamic && r.render === "ssg" ? ["listSlugs"] : [])
      .replace(/^/gm, "  ")
      .trimEnd()}\n  export async function load(${r.dynamic && r.by_slug ? "params: { slug: string }" : ""}) {\n` +
    slugOf(r, "const { slug } = params;\n").replace(/^(?=.)/, "    ") +
    loads(r, "    ") +
    `    return { ${given(r)} };\n  }\n` +
    `  export const meta = ${metaSrc(r).replace(/\n/g, "\n  ")};\n  export const config = { render: '${r.render}' };\n` +
    (r.dynamic && r.render === "ssg"
      ? `  export async function paths() {\n${PATHS_BODY.replace(/^/gm, "  ")}  }\n`
      : "") +
    `</script>\n\n<script lang="ts">\n${compImports(r, { ext: ".svelte" }).replace(/^(?=.)/gm, "  ")}\n  let { data }: { data: Awaited<ReturnType<typeof load>> } = $props();\n` +
    (r.data.length ? `  const { ${r.data.map(([d]) => d).join(", ")} } = $derived(data);\n` : "") +
    `</script>\n\n` +
    print(r.tree, "svelte"),
  vue: (r) =>
    (r.dynamic && r.render === "ssg"
      ? `<script lang="ts">\nimport { listSlugs } from '$lib/db';\nexport async function paths() {\n${PATHS_BODY}}\nexport const config = { render: '${r.render}' };\n</script>\n\n`
      : `<script lang="ts">\nexport const config = { render: '${r.render}' };\n</script>\n\n`) +
    `<script setup lang="ts">\n${dbImport(r)}${compImports(r, { ext: ".vue" })}\n` +
    slugOf(r, "const { slug } = defineProps<{ slug: string }>();\n") +
    loads(r) +
    `const meta = ${metaSrc(r)};\n</script>\n\n<template>\n` +
    print(r.tree, "vue").replace(/^(?=.)/gm, "  ") +
    `</template>\n`,
  marko: (r) =>
    (r.spread ? `import { linkProps } from "../../lib/db";\n` : "") +
    r.uses.map((u) => `import ${u} from "../components/${u}.marko";\n`).join("") +
    `static const meta = ${metaSrc(r)};\n\n${given(r) && `<const/{ ${given(r)} }=input>\n`}` +
    print(r.tree, "marko"),
};
