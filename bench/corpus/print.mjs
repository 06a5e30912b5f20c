// Prints a tree in each dialect's own syntax.

import { X } from "./tree.mjs";

const VOID = new Set(["img", "input", "br", "hr", "meta", "link"]);
const inlineKid = (k) => k.t === "text" || k.t === "expr";
const listSrc = (l) => "[" + l.map((p) => (p instanceof X ? p.e : `'${p}'`)).join(", ") + "]";
const P = {
  jsx: {
    attr: ([n, v]) =>
      n === "..."
        ? `{...${v}}`
        : v === true
          ? n
          : n === "class:list"
            ? `class:list={${listSrc(v)}}`
            : v instanceof X
              ? `${n}={${v.e}}`
              : `${n}="${v}"`,
    expr: (e) => `{${e}}`,
    map: (k, d, out, pr) => {
      if (k.consts.length) {
        out(d, `{${k.list}.map((${k.item}) => {`);
        for (const [n, e] of k.consts) out(d + 1, `const ${n} = ${e};`);
        out(d + 1, "return (");
        pr(k.kids[0], d + 2);
        out(d + 1, ");");
        out(d, "})}");
      } else {
        out(d, `{${k.list}.map((${k.item}) => (`);
        pr(k.kids[0], d + 1);
        out(d, "))}");
      }
    },
    if: (k, d, out, pr) => {
      if (k.els) {
        out(d, `{${k.cond} ? (`);
        pr(k.then, d + 1);
        out(d, ") : (");
        pr(k.els, d + 1);
        out(d, ")}");
      } else {
        out(d, `{${k.cond} && (`);
        pr(k.then, d + 1);
        out(d, ")}");
      }
    },
  },
  tsx: {
    attr: ([n, v]) =>
      n === "client:load"
        ? ""
        : n === "..."
          ? `{...${v}}`
          : v === true
            ? n
            : n === "class:list"
              ? `class={${listSrc(v)}.filter(Boolean).join(' ')}`
              : v instanceof X
                ? `${n}={${v.e}}`
                : `${n}="${v}"`,
    expr: (e) => `{${e}}`,
    map: (k, d, out, pr) => P.jsx.map(k, d, out, pr),
    if: (k, d, out, pr) => P.jsx.if(k, d, out, pr),
  },
  svelte: {
    attr: ([n, v]) =>
      n === "client:load"
        ? ""
        : n === "..."
          ? `{...${v}}`
          : v === true
            ? n
            : n === "class:list"
              ? `class={${listSrc(v)}}`
              : v instanceof X
                ? `${n}={${v.e}}`
                : `${n}="${v}"`,
    expr: (e) => `{${e}}`,
    map: (k, d, out, pr) => {
      out(d, `{#each ${k.list} as ${k.item} (${k.key})}`);
      for (const [n, e] of k.consts) out(d + 1, `{@const ${n} = ${e}}`);
      k.kids.forEach((c) => pr(c, d + 1));
      out(d, "{/each}");
    },
    if: (k, d, out, pr) => {
      out(d, `{#if ${k.cond}}`);
      pr(k.then, d + 1);
      if (k.els) {
        out(d, "{:else}");
        pr(k.els, d + 1);
      }
      out(d, "{/if}");
    },
  },
  vue: {
    attr: ([n, v]) =>
      n === "client:load"
        ? ""
        : n === "..."
          ? `v-bind="${v}"`
          : v === true
            ? n
            : n === "class:list"
              ? `:class="${listSrc(v)}"`
              : v instanceof X
                ? `:${n}="${v.e}"`
                : `${n}="${v}"`,
    expr: (e) => `{{ ${e} }}`,
    map: (k, d, out, pr) => {
      out(d, `<template v-for="${k.item} in ${k.list}" :key="${k.key}">`);
      let dd = d + 1;
      for (const [n, e] of k.consts) out(dd++, `<template v-for="${n} in [${e}]">`);
      k.kids.forEach((c) => pr(c, dd));
      for (const _ of k.consts) out(--dd, "</template>");
      out(d, "</template>");
    },
    if: (k, d, out, pr) => {
      out(d, `<template v-if="${k.cond}">`);
      pr(k.then, d + 1);
      out(d, "</template>");
      if (k.els) {
        out(d, "<template v-else>");
        pr(k.els, d + 1);
        out(d, "</template>");
      }
    },
  },
  marko: {
    attr: ([n, v]) =>
      n === "client:load"
        ? ""
        : n === "..."
          ? `...${v}`
          : v === true
            ? n
            : n === "class:list"
              ? `class=${listSrc(v)}`
              : v instanceof X
                ? `${n}=(${v.e})`
                : `${n}="${v}"`,
    expr: (e) => "${" + e + "}",
    map: (k, d, out, pr) => {
      out(d, `<for|${k.item}| of=(${k.list}) by=((${k.item}) => ${k.key})>`);
      for (const [n, e] of k.consts) out(d + 1, `<const/${n}=(${e})>`);
      k.kids.forEach((c) => pr(c, d + 1));
      out(d, "</for>");
    },
    if: (k, d, out, pr) => {
      out(d, `<if=(${k.cond})>`);
      pr(k.then, d + 1);
      out(d, "</if>");
      if (k.els) {
        out(d, "<else>");
        pr(k.els, d + 1);
        out(d, "</else>");
      }
    },
  },
};
/** The markup of a tree. */
export function print(root, dialect) {
  const p = P[dialect === "velox" || dialect === "astro" ? "jsx" : dialect],
    lines = [];
  const out = (d, s) => lines.push("  ".repeat(d) + s);
  const pr = (k, d) => {
    if (k.t === "text") return out(d, k.s);
    if (k.t === "expr") return out(d, p.expr(k.e));
    if (k.t === "map") return p.map(k, d, out, pr);
    if (k.t === "if") return p.if(k, d, out, pr);
    const at = k.attrs.map(p.attr).filter(Boolean).join(" "),
      open = `<${k.tag}${at ? " " + at : ""}`;
    if (VOID.has(k.tag) || (k.comp && !k.kids.length)) return out(d, open + " />");
    if (k.kids.every(inlineKid))
      return out(d, `${open}>${k.kids.map((c) => (c.t === "text" ? c.s : p.expr(c.e))).join("")}</${k.tag}>`);
    out(d, open + ">");
    k.kids.forEach((c) => pr(c, d + 1));
    out(d, `</${k.tag}>`);
  };
  pr(root, 0);
  return lines.join("\n") + "\n";
}
