#!/usr/bin/env node
// Renders of the same page (100 products, escaping, nested components) per second, in one process per renderer, no HTTP.
//   NODE_ENV=production node ssr.mjs --peers DIR [--only a,b] [--rounds 7] [--ms 1000] [--module path]   (--module: exports render({title, products}) => string or promise)
//   --turns: all renderers take turns, round by round, each in its own process, counted by processor time: ratios hold on a busy machine.
//   --veloxc PATH: the compiler (else target/release/veloxc); the runtime's `dist` must be built.
// Every renderer's output is compared with the hand-written one: same text once comments, whitespace and attributes are removed.
import { readFileSync, writeFileSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, dirname, basename } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { fork, spawnSync } from "node:child_process";
import { snap, others, quiet, median } from "./noise.mjs";
const here = dirname(fileURLToPath(import.meta.url)),
  dir = join(here, "ssr");
const arg = (k, d) => {
  const i = process.argv.indexOf("--" + k);
  return i < 0 ? d : process.argv[i + 1];
};
const peers = resolve(arg("peers", ".")),
  one = arg("one"),
  rounds = +arg("rounds", 7),
  ms = +arg("ms", 1000);
const { title, products } = await import("./ssr/data.mjs"),
  data = { title, products };
const use = (set) => createRequire(join(peers, set, "x.js"));
const ver = (set, n) => JSON.parse(readFileSync(join(peers, set, "node_modules", n, "package.json"))).version;
// Compiled components are written beside the peer's node_modules so that their imports resolve.
const build = (set, ext, f) => {
  const out = join(peers, set, "ssr-" + ext);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const n of readdirSync(dir).filter((n) => n.endsWith("." + ext)))
    writeFileSync(
      join(out, n + ".mjs"),
      f(readFileSync(join(dir, n), "utf8"), join(dir, n)).replace(
        new RegExp(`(from |import )(["'])\\./(\\w+)\\.${ext}\\2`, "g"),
        `$1'./$3.${ext}.mjs'`,
      ),
    );
  return (n) => import(pathToFileURL(join(out, `${n}.${ext}.mjs`)));
};
const url = (set, p) => import(pathToFileURL(join(peers, set, "node_modules", p)));
const R = {
  concat: async () => {
    const { render } = await import("./ssr/concat.mjs");
    return { v: "-", render: () => render(data) };
  },
  "concat-components": async () => {
    const { renderComponents } = await import("./ssr/concat.mjs");
    return { v: "-", render: () => renderComponents(data) };
  },
  // The product page's .velox files, compiled by veloxc, over the built runtime.
  velox: async () => {
    const root = resolve(here, ".."),
      veloxc = resolve(arg("veloxc", join(root, "target/release/veloxc"))),
      out = mkdtempSync(join(tmpdir(), "velox-ssr-"));
    mkdirSync(join(out, "components"));
    writeFileSync(join(out, "package.json"), '{"type":"module"}');
    for (const n of readdirSync(dir).filter((n) => n.endsWith(".velox")))
      writeFileSync(join(out, "components", n), readFileSync(join(dir, n)));
    for (const n of readdirSync(join(out, "components"))) {
      const file = join("components", n),
        r = spawnSync(veloxc, ["compile", file, "-o", file + ".js"], { cwd: out, encoding: "utf8" });
      if (r.status !== 0) throw new Error(r.stderr || String(r.error));
    }
    mkdirSync(join(out, "node_modules"));
    symlinkSync(join(root, "runtime/velox"), join(out, "node_modules/velox"));
    process.on("exit", () => rmSync(out, { recursive: true, force: true }));
    const { default: App } = await import(pathToFileURL(join(out, "components/ProductList.velox.js")));
    return { v: JSON.parse(readFileSync(join(root, "runtime/velox/package.json"))).version, render: () => App(data) };
  },
  preact: async () => {
    const { h } = use("ssr")("preact"),
      { renderToString } = use("ssr")("preact-render-to-string");
    const Price = ({ amount, currency }) =>
      h("data", { class: "price", value: amount, children: [amount.toFixed(2), " ", currency] });
    const Badge = ({ label, tone }) => h("li", { class: "badge " + tone, children: label });
    const Card = ({ p }) =>
      h("li", {
        class: "card" + (p.inStock ? "" : " sold"),
        id: p.id,
        children: [
          h("a", { href: p.url, children: h("h2", { children: p.name }) }),
          h("p", { children: p.description }),
          h(Price, { amount: p.price * (1 - p.discount), currency: "EUR" }),
          h("ul", {
            class: "tags",
            children: p.tags.map((t) => h(Badge, { key: t.id, label: t.label, tone: t.tone })),
          }),
          p.inStock
            ? h("button", { type: "button", "data-id": p.id, children: "Add to cart" })
            : h("em", { children: "Sold out" }),
        ],
      });
    const Layout = ({ title, count, children }) =>
      h("div", {
        class: "layout",
        children: [
          h("header", {
            children: [h("h1", { children: title }), h("p", { children: [count, " products"] })],
          }),
          h("main", { children }),
        ],
      });
    const List = ({ title, products }) =>
      h(Layout, {
        title,
        count: products.length,
        children: h("ul", { class: "grid", children: products.map((p) => h(Card, { key: p.id, p })) }),
      });
    return {
      v: ver("ssr", "preact-render-to-string") + " / preact " + ver("ssr", "preact"),
      render: () => renderToString(h(List, data)),
    };
  },
  // Preact's own "precompile" form of JSX: static HTML as template strings, calls only for the holes.
  "preact-precompiled": async () => {
    const { renderToString } = use("ssr")("preact-render-to-string"),
      { jsx, jsxTemplate, jsxAttr, jsxEscape } = use("ssr")("preact/jsx-runtime");
    const t = (s, ...v) => jsxTemplate(s, ...v),
      tpl = (s) => s;
    const P1 = ['<data class="price" ', ">", " ", "</data>"],
      B1 = ["<li ", ">", "</li>"],
      C1 = ["<li ", " ", "><a ", "><h2>", "</h2></a><p>", "</p>", '<ul class="tags">', "</ul>", "</li>"],
      C2 = ['<button type="button" ', ">Add to cart</button>"],
      C3 = ["<em>Sold out</em>"],
      L1 = ['<div class="layout"><header><h1>', "</h1><p>", " products</p></header><main>", "</main></div>"],
      U1 = ['<ul class="grid">', "</ul>"];
    const Price = ({ amount, currency }) =>
      t(P1, jsxAttr("value", amount), jsxEscape(amount.toFixed(2)), jsxEscape(currency));
    const Badge = ({ label, tone }) => t(B1, jsxAttr("class", "badge " + tone), jsxEscape(label));
    const Card = ({ p }) =>
      t(
        C1,
        jsxAttr("class", "card" + (p.inStock ? "" : " sold")),
        jsxAttr("id", p.id),
        jsxAttr("href", p.url),
        jsxEscape(p.name),
        jsxEscape(p.description),
        jsx(Price, { amount: p.price * (1 - p.discount), currency: "EUR" }),
        jsxEscape(p.tags.map((x) => jsx(Badge, { label: x.label, tone: x.tone }, x.id))),
        p.inStock ? t(C2, jsxAttr("data-id", p.id)) : t(C3),
      );
    const Layout = ({ title, count, children }) =>
      t(L1, jsxEscape(title), jsxEscape(count), jsxEscape(children));
    const List = ({ title, products }) =>
      jsx(Layout, {
        title,
        count: products.length,
        children: t(U1, jsxEscape(products.map((p) => jsx(Card, { p }, p.id)))),
      });
    return {
      v: ver("ssr", "preact-render-to-string") + " / preact " + ver("ssr", "preact"),
      render: () => renderToString(jsx(List, data)),
    };
  },
  svelte: async () => {
    const c = await url("ssr", "svelte/src/compiler/index.js");
    const load = build(
      "ssr",
      "svelte",
      (s, n) => c.compile(s, { filename: n, generate: "server", dev: false, css: "external" }).js.code,
    );
    const { default: App } = await load("ProductList"),
      { render } = await url("ssr", "svelte/src/server/index.js");
    return { v: ver("ssr", "svelte"), render: () => render(App, { props: data }).body };
  },
  vue: async () => {
    const c = use("ssr")("@vue/compiler-sfc");
    const load = build(
      "ssr",
      "vue",
      (s, n) =>
        c.compileScript(c.parse(s, { filename: n }).descriptor, {
          id: "x",
          inlineTemplate: true,
          templateOptions: { ssr: true, ssrCssVars: [] },
        }).content,
    );
    const { default: App } = await load("ProductList"),
      { createSSRApp } = await url("ssr", "vue/index.mjs"),
      { renderToString } = await url("ssr", "@vue/server-renderer/index.js").then((m) => m.default ?? m);
    return { v: ver("ssr", "vue"), render: () => renderToString(createSSRApp(App, data)), async: true };
  },
  marko: async () => {
    const req = use("ssr"),
      c = req("@marko/compiler");
    const load = build(
      "ssr",
      "marko",
      (s, n) =>
        c.compileSync(s, n, {
          output: "html",
          optimize: true,
          modules: "esm",
          translator: req.resolve("marko/translator"),
          cache: new Map(),
          resolveVirtualDependency: null,
        }).code,
    );
    const { default: T } = await load("ProductList");
    return { v: ver("ssr", "marko"), render: () => T.render(data).toString() };
  },
  astro: async () => {
    const c = await url("astro", "@astrojs/compiler-rs/dist/index.mjs");
    const load = build("astro", "astro", (s, n) =>
      c
        .transform(s, {
          filename: n,
          internalURL: "astro/compiler-runtime",
          resultScopedSlot: true,
          resolvePath: (p) => p,
        })
        .code.replace(/import \* as \$\$module.*\n/g, "")
        .replace(/module: \$\$module\d+/g, "module: {}"),
    );
    const { default: App } = await load("ProductList");
    const { experimental_AstroContainer: C } = await url("astro", "astro/dist/container/index.js");
    const k = await C.create();
    return {
      v: ver("astro", "astro") + " (container API)",
      render: () => k.renderToString(App, { props: data }),
      async: true,
    };
  },
};
if (process.argv.includes("--turns") && !one) {
  await turns((arg("only") ?? "velox,concat,concat-components,preact,preact-precompiled,svelte,vue,marko,astro").split(","));
  process.exit(0);
}
if (!one && !arg("module")) {
  for (const n of (arg("only") ?? Object.keys(R).join()).split(",")) {
    const r = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), ...process.argv.slice(2), "--one", n],
      { env: { ...process.env, NODE_ENV: "production" }, encoding: "utf8" },
    );
    console.log(r.stdout.trim() || JSON.stringify({ renderer: n, error: r.stderr.slice(-600) }));
  }
  process.exit(0);
}
const m = arg("module")
  ? await import(pathToFileURL(resolve(arg("module")))).then((m) => ({
      v: m.version ?? "",
      render: () => m.render(data),
      async: true,
    }))
  : await R[one]();
const norm = (s) =>
  s
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<!doctype[^>]*>/i, "")
    .replace(/<(\/?\w+)[^>]*>/g, "<$1>")
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&#38;/g, "&amp;")
    .replace(/&gt;/g, ">")
    .replace(/\s+/g, " ")
    .replace(/> | </g, (x) => x.trim())
    .trim();
const html = String(await m.render()),
  base = (await import("./ssr/concat.mjs")).render(data),
  same = norm(html) === norm(base);
if (process.env.DUMP) {
  writeFileSync(process.env.DUMP, norm(html) + "\n----\n" + norm(base) + "\n----\n" + html);
}
if (process.argv.includes("--turns")) {
  // A round for each message: renders per second of this process's processor time.
  process.on("message", async () => {
    const from = process.cpuUsage(),
      until = performance.now() + ms;
    let n = 0;
    do {
      for (let i = 0; i < 5; i++) Buffer.byteLength(String(m.async ? await m.render() : m.render()));
      n += 5;
    } while (performance.now() < until);
    const used = process.cpuUsage(from);
    process.send({ rate: (n / (used.user + used.system)) * 1e6 });
  });
  process.send({ version: m.v, same, bytes: Buffer.byteLength(html) });
  await new Promise(() => {});
}
const t = [],
  oth = [],
  perCpu = [];
let end = performance.now() + 2000;
while (performance.now() < end) m.async ? await m.render() : m.render();
for (let i = 0; i < rounds; i++) {
  await quiet(5000);
  const a = snap();
  let n = 0,
    t0 = performance.now(),
    t1;
  do {
    m.async ? await m.render() : m.render();
    n++;
  } while ((t1 = performance.now()) - t0 < ms);
  t.push(n / ((t1 - t0) / 1e3));
  const b = snap();
  oth.push(others(a, b));
  perCpu.push(n / (b.own - a.own));
}
t.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    renderer: one ?? basename(arg("module")),
    version: m.v,
    node: process.version,
    html_bytes: Buffer.byteLength(html),
    same_content: same,
    renders_per_s: { min: Math.round(t[0]), median: Math.round(t[t.length >> 1]), max: Math.round(t.at(-1)) },
    per_cpu_s_median: Math.round(median(perCpu)),
    others_cores: median(oth),
    MBps: +((t[t.length >> 1] * Buffer.byteLength(html)) / 1e6).toFixed(1),
  }),
);
process.exit(0);

// One process for each renderer, one round each in turn; ratios are those of a round to the same round of another.
async function turns(names) {
  const runs = [];
  for (const name of names) {
    const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), "--one", name], {
        env: { ...process.env, NODE_ENV: "production" },
      }),
      run = { name, child, rates: [] },
      hello = await Promise.race([answerOf(child), new Promise((done) => child.once("exit", () => done(null)))]);
    if (hello === null) console.log(JSON.stringify({ renderer: name, error: "did not start" }));
    else runs.push(Object.assign(run, hello));
  }
  // The first rounds warm up.
  for (let round = -10; round < rounds; round++)
    for (const run of runs) {
      const answer = answerOf(run.child);
      run.child.send("round");
      const { rate } = await answer;
      if (round >= 0) run.rates.push(rate);
    }
  const of = (name) => runs.find((run) => run.name === name)?.rates,
    ratio = (rates, to) => to && +median(rates.map((rate, i) => rate / to[i])).toFixed(2);
  for (const run of runs) {
    run.child.kill();
    console.log(
      JSON.stringify({
        renderer: run.name,
        version: run.version,
        node: process.version,
        html_bytes: run.bytes,
        same_content: run.same,
        per_cpu_s_median: Math.round(median(run.rates)),
        per_cpu_s_best: Math.round(Math.max(...run.rates)),
        to_concat_components: ratio(run.rates, of("concat-components")),
        velox_to_it: of("velox") && ratio(of("velox"), run.rates),
      }),
    );
  }
}

function answerOf(child) {
  return new Promise((done) => child.once("message", done));
}
