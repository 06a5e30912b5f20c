// What emitted code prints: text, attributes, lists, components, deferred values (T2 to T7, T10, L1 to L3).

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  attribute, children, component, dynamic, escapeAttribute, head, headMark, hold, html, json, map, mark, raw, slot, spread,
  styleAttribute, suspense, text, urlAttribute, type Slots, type View,
} from "../internal.js";
import { SIGNAL_BRAND } from "../shared/html.js";
import { createContext, useContext } from "../client/index.js";
import { classAttribute } from "./attributes.js";
import { app, bodyOf, client, page, render, type PageSettings } from "../testing/app.js";
import { renderScope } from "./scope.js";

const later = <T>(value: T, ms = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));
const signalOf = <T>(value: T) => ({ value, brand: SIGNAL_BRAND });

test("T2 what is rendered", () => {
  const table: [unknown, string][] = [
    ["<b>", "&lt;b&gt;"], [0, "0"], [-0, "0"], [1.5, "1.5"], [NaN, "NaN"], [10n, "10"],
    [null, ""], [undefined, ""], [true, ""], [false, ""],
    [["<", null, 1], "&lt;1"], [[["a"], ["b"]], "ab"], [new Set(["a", "<"]), "a&lt;"],
    [new Map([["k", 1]]), "k1"], [html("<b>x</b>"), "<b>x</b>"], [[html("<i>"), "<i>"], "<i>&lt;i&gt;"],
    [signalOf("<s>"), "&lt;s&gt;"], [signalOf([1, 2]), "12"],
    [{ a: 1 }, "[object Object]"], [Object.create(null), "[object Object]"], [new URL("https://a/?<"), "https://a/?%3C"],
    [{ toString: () => "<x>" }, "&lt;x&gt;"], [Symbol("a<"), "Symbol(a&lt;)"], [(function* () { yield 1; yield "<"; })(), "1&lt;"],
    // eslint-disable-next-line no-sparse-arrays
    [[1, , 2], "12"],
  ];
  for (const [value, wanted] of table) assert.equal(text(value), wanted);
});

test("T2 raw leaves strings as they are, wherever they stand", () => {
  assert.equal(raw("<b>"), "<b>");
  assert.equal(raw(["<b>", [html("<i>")], null, 1]), "<b><i>1");
});

test("T2 a list is read and never changed", () => {
  const list = Object.freeze(["<", Object.freeze(["&"])]);
  assert.equal(text(list), "&lt;&amp;");
  assert.equal(text(list), "&lt;&amp;");
  assert.deepEqual(list, ["<", ["&"]]);
});

test("map: arrays, holes, typed lists and things with a map of their own", () => {
  assert.equal(map(["a", "<"], (item, index) => `<li>${index}${text(item)}</li>`), "<li>0a</li><li>1&lt;</li>");
  // eslint-disable-next-line no-sparse-arrays
  assert.equal(map([1, , 3], (item) => `<${item}>`), "<1><3>");
  assert.equal(map([undefined, null], (item) => `<${item}>`), "<undefined><null>");
  const own = { map: (fn: (item: string, index: number) => unknown) => [fn("x", 0), fn("y", 1)] };
  assert.equal(map(own, (item: string) => `<b>${item}</b>`), "<b>x</b><b>y</b>");
  const original = [1, 2, 3];
  assert.equal(map(original, (item, _, list) => (list === original ? String(item) : "")), "123");
});

test("T4 attributes", () => {
  const table: [string, string][] = [
    [attribute("title", 'a"<'), ' title="a&quot;&lt;"'], [attribute("title", ""), ' title=""'],
    [attribute("width", 0), ' width="0"'], [attribute("title", null), ""], [attribute("title", undefined), ""],
    [attribute("hidden", true), " hidden"], [attribute("hidden", false), ""],
    [attribute("aria-hidden", false), ' aria-hidden="false"'], [attribute("aria-hidden", true), ' aria-hidden="true"'],
    [attribute("data-x", false), ' data-x="false"'], [attribute("data-x", null), ""],
    [attribute("draggable", false), ' draggable="false"'], [attribute("title", () => 1), ""],
    [attribute("title", Symbol("a")), ""], [attribute("title", signalOf("<")), ' title="&lt;"'],
    [attribute("title", 10n), ' title="10"'], [attribute("title", ["a", "b"]), ' title="a,b"'],
    [attribute("srcdoc", "<b>"), ' srcdoc="&amp;lt;b&amp;gt;"'], [attribute("srcdoc", html("<b>")), ' srcdoc="&lt;b&gt;"'],
    [urlAttribute("href", "javascript:x"), ' href="about:invalid#velox"'], [urlAttribute("href", "/a?b&c"), ' href="/a?b&amp;c"'],
    [urlAttribute("href", { toString: () => "javascript:x" }), ' href="about:invalid#velox"'],
    [urlAttribute("href", signalOf("javascript:x")), ' href="about:invalid#velox"'],
    [urlAttribute("href", ["javascript:x"]), ' href="about:invalid#velox"'],
    [urlAttribute("href", null), ""], [urlAttribute("src", new URL("https://a/b")), ' src="https://a/b"'],
    [classAttribute(["a", { '"': true }]), ' class="a &quot;"'], [classAttribute([]), ""], [classAttribute(""), ""],
    [classAttribute(signalOf({ a: true })), ' class="a"'],
    [styleAttribute({ color: "red" }), ' style="color: red"'], [styleAttribute('a"b'), ' style="a&quot;b"'], [styleAttribute(null), ""],
    [escapeAttribute('"'), "&quot;"], [escapeAttribute(1), "1"], [escapeAttribute(null), "null"],
  ];
  for (const [got, wanted] of table) assert.equal(got, wanted);
});

test("ESC-3 a spread drops names and values that could bring in script", () => {
  const table: [object, string][] = [
    [{ id: "a", title: "<" }, ' id="a" title="&lt;"'],
    [{ onclick: "x", onClick: () => 1, ONLOAD: "x", onfoo: "x" }, ""],
    [{ 'x" onload="y': 1, "a b": 1, "": 1, "<": 1, "1a": 1 }, ""],
    [{ innerHTML: "<b>", dangerouslySetInnerHTML: { __html: "x" }, srcdoc: "x", children: "x", key: 1, ref: 1 }, ""],
    [{ href: "javascript:x", HREF: "javascript:x" }, ' href="about:invalid#velox" href="about:invalid#velox"'],
    [{ className: ["a", { b: 1 }], htmlFor: "x" }, ' class="a b" for="x"'],
    [{ style: { color: "red" } }, ' style="color: red"'],
    [{ disabled: true, checked: false, readonly: 0, required: "" }, " disabled required"],
    [{ "aria-hidden": false, "data-a": true }, ' aria-hidden="false" data-a="true"'],
    [JSON.parse('{"__proto__":"x","constructor":"y"}') as object, ' __proto__="x" constructor="y"'],
  ];
  for (const [props, wanted] of table) assert.equal(spread(props, "a"), wanted);
  assert.equal(spread(null, "a"), "");
  assert.equal(spread({ id: "x" }, "p", "data-v-1"), ' id="x" data-v-1');
  assert.equal(spread({ to: "javascript:x", values: "0;javascript:y" }, "animate"), ' to="about:invalid#velox" values="0;about:invalid#velox"');
  assert.equal(spread(Object.create({ inherited: 1 }) as object, "a"), "");
});

test("T11 a JSON block: values as JSON, a string as it is", () => {
  assert.equal(json({ a: "</script>" }), '{"a":"\\u003c/script>"}');
  assert.equal(json('{"a":"<"}'), '{"a":"\\u003c"}');
  assert.equal(json(undefined), "null");
  assert.equal(json([1, null]), "[1,null]");
});

test("T2 promises are awaited in text, attributes and lists, in their places", async () => {
  const body = await render(() =>
    "<p" + attribute("title", later('"', 3)) + urlAttribute("href", later("javascript:x")) + classAttribute(later(["a"])) + ">" +
    text(later("<late>", 3)) + text([later("b", 2), "c", later(later(["d", later("<e>")]))]) + text(Promise.resolve(html("<i></i>"))) + "</p>",
  );
  assert.equal(body, '<p title="&quot;" href="about:invalid#velox" class="a">&lt;late&gt;bcd&lt;e&gt;<i></i></p>');
});

test("T2 any thenable is a promise", async () => {
  const thenable = { then: (resolve: (value: string) => void) => void resolve("<t>") };
  assert.equal(await render(() => text(thenable)), "&lt;t&gt;");
});

test("placeholders cannot be forged by what a page prints", async () => {
  const body = await render(() => text("<!--v:0:0-->") + raw("<!--v:00000000000000000000000000000000:0-->") + text(later("x")));
  assert.equal(body, "&lt;!--v:0:0--&gt;<!--v:00000000000000000000000000000000:0-->x");
});

test("a rejected promise outside of a boundary rejects the page", async () => {
  await assert.rejects(render(() => text(Promise.reject(new Error("no")))), /no/);
  await assert.rejects(render(() => text(later(1).then(() => { throw new Error("late"); }))), /late/);
});

test("STR-5 a promise that fails before the template prints it is no unhandledRejection", async () => {
  const seen: unknown[] = [];
  const listen = (error: unknown): void => void seen.push(error);
  process.on("unhandledRejection", listen);
  try {
    await assert.rejects(render(async () => {
      const slow = hold(Promise.reject(new Error("early")));
      await later(0, 5);
      return text(slow);
    }), /early/);
    await assert.rejects(render(() => text(Promise.reject(new Error("a"))) + text(Promise.reject(new Error("b")))), /a/);
    await later(0, 5);
  } finally {
    process.off("unhandledRejection", listen);
  }
  assert.deepEqual(seen, []);
});

test("T7 a boundary is printed in place; its error is shown there by the nearest `error`", async () => {
  const boundary = (content: () => string) => suspense({ fallback: () => "wait", error: (error) => text((error as Error).message) }, content);
  assert.equal(await render(() => "<a>" + boundary(() => text(later("x"))) + "</a>"), "<a>x</a>");
  assert.equal(await render(() => "<a>" + boundary(() => "now") + "</a>"), "<a>now</a>");
  assert.equal(await render(() => boundary(() => { throw new Error("secret"); })), "Internal Server Error");
  assert.equal(await render(() => boundary(() => text(Promise.reject(new Error("secret"))) + "rest") + "!"), "Internal Server Error!");
  const outer = await render(() => boundary(() => "a" + suspense({}, () => text(Promise.reject(new Error("inner"))))));
  assert.equal(outer, "aInternal Server Error");
  const inner = await render(() => boundary(() => "a" + boundary(() => text(Promise.reject(new Error("inner"))))));
  assert.equal(inner, "aInternal Server Error");
  await assert.rejects(render(() => suspense({}, () => text(Promise.reject(new Error("free"))))), /free/);
});

test("T7 an error handler that fails goes to the boundary around it", async () => {
  const body = await render(() =>
    suspense({ error: () => "outer" }, () =>
      suspense({ error: () => { throw new Error("twice"); } }, () => text(Promise.reject(new Error("once"))))),
  );
  assert.equal(body, "outer");
});

test("T7 siblings of a failed boundary arrive", async () => {
  const body = await render(() =>
    suspense({ error: () => "E" }, () => text(Promise.reject(new Error("x")))) + suspense({}, () => text(later("ok", 5))),
  );
  assert.equal(body, "Eok");
});

test("boundaries and promises nest deeply without recursion", async () => {
  const nest = (depth: number): Promise<unknown> => (depth === 0 ? Promise.resolve("<") : Promise.resolve().then(() => [nest(depth - 1)]));
  assert.equal(await render(() => text(nest(5000))), "&lt;");
});

test("T12 components of .velox files and of .tsx files", async () => {
  const card = mark((props: { title: string }, slots: Slots) =>
    "<div>" + text(props.title) + slot(slots, "default", () => "empty") + slot(slots, "foot") + "</div>");
  assert.equal(component(card, { title: "<" }), "<div>&lt;empty</div>");
  assert.equal(component(card, { title: "t" }, { default: () => "<b></b>", foot: () => "F" }), "<div>t<b></b>F</div>");
  assert.equal(dynamic(card, { title: "t" }), "<div>tempty</div>");
  assert.equal(dynamic(() => "<x>", {}), "&lt;x&gt;");
  assert.equal(dynamic(() => html("<x>"), {}), "<x>");
  assert.equal(dynamic(() => null, {}), "");
  assert.equal(dynamic((props: { children: unknown }) => [props.children, "<"], { children: children(() => "<b></b>") }), "<b></b>&lt;");
  assert.equal(await render(() => dynamic(async () => { await later(0); return "<x>"; }, {})), "&lt;x&gt;");
  assert.equal(await render(() => component(async () => { await later(0); return "<x>"; }, {})), "<x>");
  assert.equal(await render(() => component(card, { title: "t" }, { default: async () => "<b>" + (await later("x")) + "</b>" })), "<div>t<b>x</b></div>");
  assert.throws(() => dynamic(undefined, {}), /undefined was used as a component/);
});

test("a slot name is no way to the prototype", () => {
  assert.equal(slot({ default: () => "x" }, "constructor", () => "none"), "none");
  assert.equal(slot({ default: () => "x" }, "toString"), "");
});

test("ESC-5 a tag name from data must be an element", () => {
  assert.equal(dynamic("h1", { children: "<", id: "a" }), '<h1 id="a">&lt;</h1>');
  assert.equal(dynamic("my-card", { children: "x" }), "<my-card>x</my-card>");
  for (const tag of ["script", "style", "x y", "img onerror=x", "", "constructor", "__proto__"]) {
    assert.throws(() => dynamic(tag, {}), /not the name of an element/, tag);
  }
});

const layout = (name: string) => (_props: object, slots: Slots) => `<${name}>` + slot(slots, "default") + `</${name}>`;

test("L1 layouts stand around the page from the outermost inwards", async () => {
  assert.equal(await render(() => "P", { layouts: [layout("a"), layout("b")] }), "<a><b>P</b></a>");
  assert.equal(await render(async () => later("P"), { layouts: [layout("a"), layout("b")] }), "<a><b>P</b></a>");
  const slowLayout = async (_props: object, slots: Slots) => { await later(0, 4); return "<s>" + slot(slots, "default") + "</s>"; };
  assert.equal(await render(async () => later("P"), { layouts: [slowLayout, layout("b"), slowLayout] }), "<s><b><s>P</s></b></s>");
});

test("L3 blocks start in parallel", async () => {
  const started: string[] = [];
  const slow = (name: string) => async (_props: object, slots: Slots) => {
    started.push(name);
    await later(0, 20);
    started.push(name + " ends");
    return slot(slots, "default");
  };
  await render(async () => { started.push("page"); await later(0, 20); return ""; }, { layouts: [slow("outer"), slow("inner")] });
  assert.deepEqual(new Set(started.slice(0, 3)), new Set(["page", "outer", "inner"]));
});

test("L3 a layout that reads meta waits for the page's, and for nothing more", async () => {
  const order: string[] = [];
  const reads = {
    readsMeta: true,
    default: (_props: object, slots: Slots, view: View) => {
      order.push("layout");
      return "<h1>" + text(view.meta["title"]) + "</h1>" + slot(slots, "default");
    },
  };
  const block = async (_props: object, _slots: unknown, view: View) => {
    await later(0, 3);
    view.setMeta(async () => { await later(0); return { title: "T" }; });
    await later(0, 10);
    order.push("page");
    return "P";
  };
  assert.equal(await render(block, { layouts: [reads] }), "<h1>T</h1>P");
  assert.deepEqual(order, ["layout", "page"]);
  assert.equal(await render(() => "P", { layouts: [reads] }), "<h1></h1>P");
  assert.equal(await render(async () => later("P"), { layouts: [reads] }), "<h1></h1>P");
  await assert.rejects(render(async () => { await later(0); throw new Error("page failed"); }, { layouts: [reads] }), /page failed/);
  await assert.rejects(render(async (_p, _s, view: View) => { view.setMeta(Promise.reject(new Error("no meta"))); await later(0); return ""; }, { layouts: [reads] }), /no meta/);
});

test("T6 a page fills named slots; a layout falls back where it does not", async () => {
  const aside = (_props: object, slots: Slots) => slot(slots, "side", () => "none") + "|" + slot(slots, "default");
  assert.equal(await render(() => "P", { layouts: [aside] }), "none|P");
  const fills = (_props: object, _slots: unknown, view: View) => { view.fill("side", "<b></b>"); return "P"; };
  assert.equal(await render(fills, { layouts: [aside] }), "<b></b>|P");
  const late = async (_props: object, _slots: unknown, view: View) => { await later(0, 3); view.fill("side", text(later("<"))); return "P"; };
  assert.equal(await render(late, { layouts: [aside, layout("i")] }), "&lt;|<i>P</i>");
  assert.equal(await render(async () => later("P"), { layouts: [aside] }), "none|P");
});

test("X5 a template runs where the layout around it prints its slot", async () => {
  const theme = createContext("none");
  const provides = () => (_props: object, slots: Slots) =>
    () => text(useContext(theme)) + dynamic(theme.Provider, { value: "blue", children: children(() => slot(slots, "default")) });
  const reads = () => () => "<p>" + text(useContext(theme)) + "</p>";
  assert.equal(await render(reads, { layouts: [provides()] }), "none<p>blue</p>");
  assert.equal(await render(reads, { layouts: [provides(), (_props: object, slots: Slots) => () => "<b>" + slot(slots, "default") + "</b>"] }), "none<b><p>blue</p></b>");
  assert.equal(await render(async () => { await later(0, 3); return reads(); }, { layouts: [provides()] }), "none<p>blue</p>");
  assert.equal(await render(() => async () => "<p>" + text(useContext(theme)) + (await later("!")) + "</p>", { layouts: [provides()] }), "none<p>blue!</p>");
  assert.equal(await render((_props: object) => text(useContext(theme)), { layouts: [provides()], file: "routes/index.tsx" }), "noneblue");
  const slowLayout = async (props: object, slots: Slots) => { await later(0, 4); return provides()(props, slots); };
  assert.equal(await render(reads, { layouts: [slowLayout] }), "none<p>blue</p>");
});

test("T6 slots are filled by templates, whichever of them the layout prints first", async () => {
  const aside = (_props: object, slots: Slots) => () => slot(slots, "side", () => "none") + "|" + slot(slots, "default") + "|" + slot(slots, "side", () => "none");
  const fills = (_props: object, _slots: unknown, view: View) => () => (view.fill("side", async () => "<b>" + (await later("x")) + "</b>"), "P");
  assert.equal(await render(fills, { layouts: [aside] }), "<b>x</b>|P|<b>x</b>");
  assert.equal(await render(() => () => "P", { layouts: [aside] }), "none|P|none");
  const noDefault = (_props: object, slots: Slots) => () => "<" + slot(slots, "side") + ">";
  assert.equal(await render(fills, { layouts: [noDefault] }), "<<b>x</b>>");
  assert.equal(await render(async (...all: Parameters<typeof fills>) => { await later(0, 3); return fills(...all); }, { layouts: [aside, layout("i")] }), "<b>x</b>|<i>P</i>|<b>x</b>");
});

test("a page that is used as a component gives its HTML", async () => {
  assert.equal(component(() => () => "<b>", {}), "<b>");
  assert.equal(await render(() => component(async () => { await later(0); return () => "<b>"; }, {})), "<b>");
});

test("parts of the framework are asked once, for the head and for the end of the body", async () => {
  const asked: (string | null)[] = [];
  const block = () => {
    renderScope("test").render.onFlush({ head: () => "<link>", body: (boundary) => { asked.push(boundary); return "<script>"; } });
    return () => "P" + text(later("!"));
  };
  const whole = async (layouts: PageSettings["layouts"] = []) => (await client(app([page("/", block, { layouts })])).get("/")).text;
  assert.match(await whole(), /<link><\/head><body>P!<script><\/body><\/html>$/);
  assert.match(await whole([withHead]), /<head><link><\/head><body>P!<script><\/body><\/html>$/);
  const loose = (_props: object, slots: Slots) => "<HTML><body>" + slot(slots, "default") + "<!-- </body> --></BODY >\n</html>\n";
  assert.match(await whole([loose]), /<HTML><head><link><\/head><body>P!<!-- <\/body> --><script><\/BODY >\n<\/html>\n$/);
  assert.deepEqual(asked, [null, null, null]);
});

test("the outermost failing layer decides", async () => {
  const fails = (name: string) => async () => { await later(0); throw new Error(name); };
  await assert.rejects(render(fails("page"), { layouts: [layout("a"), fails("layout")] }), /layout/);
});

const withHead = (_props: object, slots: Slots) => "<html><head>" + headMark() + "</head><body>" + slot(slots, "default") + "</body></html>";

async function headOf(block: Parameters<typeof page>[1], settings: Parameters<typeof page>[2] = {}, site: string | null = null): Promise<string> {
  const { get } = client(app([page("/", block, { layouts: [withHead], ...settings })], { site }));
  const { text: whole } = await get("/");
  return /<head>([^]*)<\/head>/.exec(whole)![1]!;
}

const metaPage = (meta: unknown) => (_props: object, _slots: unknown, view: View) => { view.setMeta(meta); return ""; };

test("S7 meta tags", async () => {
  const got = await headOf(metaPage({
    title: "A <b>", description: '"d"', keywords: ["a", "b"], author: "me", canonical: "/c", robots: { index: false, follow: true },
    viewport: "width=1", themeColor: "#fff", openGraph: { title: "og", siteName: "S", image: "/i.png" }, twitter: { card: "summary" },
    alternates: { de: "/de" }, custom: "x", dropped: undefined, gone: null,
  }));
  assert.equal(got,
    '<title>A &lt;b&gt;</title><meta name="description" content="&quot;d&quot;"><meta name="keywords" content="a, b">' +
    '<meta name="author" content="me"><link rel="canonical" href="/c"><meta name="robots" content="noindex, follow">' +
    '<meta name="viewport" content="width=1"><meta name="theme-color" content="#fff"><meta property="og:title" content="og">' +
    '<meta property="og:site_name" content="S"><meta property="og:image" content="/i.png"><meta name="twitter:card" content="summary">' +
    '<link rel="alternate" hreflang="de" href="/de"><meta name="custom" content="x">');
  assert.match(await headOf(metaPage({ canonical: "/c" }), {}, "https://s.example"), /href="https:\/\/s\.example\/c"/);
  assert.match(await headOf(metaPage({ canonical: "javascript:x" })), /about:invalid#velox/);
  assert.equal(await headOf(metaPage(() => ({ title: "F" }))), "<title>F</title>");
});

test("L2 the page's meta wins over the layouts', inner over outer", async () => {
  const gives = (meta: object) => (_props: object, slots: Slots, view: View) => { view.setMeta(meta); return slot(slots, "default"); };
  const got = await headOf(metaPage({ title: "page", openGraph: { title: "p" } }), {
    layouts: [withHead, gives({ title: "outer", author: "outer", robots: "outer", openGraph: { type: "o" } }), gives({ author: "inner" })],
  });
  assert.equal(got, '<title>page</title><meta name="author" content="inner"><meta name="robots" content="outer">' +
    '<meta property="og:type" content="o"><meta property="og:title" content="p">');
});

test("S7 what a layout writes itself is not written again", async () => {
  const writes = { writes: ["title", "meta:name:viewport"], default: withHead };
  assert.equal(await headOf(metaPage({ title: "x", viewport: "y", author: "z" }), { layouts: [writes] }), '<meta name="author" content="z">');
});

test("T10 <Head>: the later entry of a key wins, the page over its layouts", async () => {
  const entry = (title: string) => head([{ key: "title", html: `<title>${title}</title>` }]);
  const titled = (_props: object, slots: Slots) => slot(slots, "default") + entry("layout") + head([{ key: null, html: "<x>" }]);
  assert.equal(await headOf(() => entry("one") + entry("two"), { layouts: [withHead, titled] }), "<title>two</title><x>");
  assert.equal(await headOf(async () => text(later(html("")).then(() => html(entry("late")))) + entry("last")), "<title>last</title>");
  assert.equal(await headOf(() => head([{ key: "title", html: "<title>" + text(later("<")) + "</title>" }])), "<title>&lt;</title>");
});

test("a page that is no document gets one; a document is left as it is", async () => {
  const whole = async (block: () => string, styles: string[] = []) => (await client(app([page("/", block, { styles })])).get("/")).text;
  assert.equal(await whole(() => "<p>x"), '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head><body><p>x</body></html>');
  assert.equal(await whole(() => "<html><body>x</body></html>"), "<!DOCTYPE html><html><body>x</body></html>");
  assert.equal(await whole(() => "<!-- c --><!doctype html>\n<html lang=\"a>b\">\n<head a='>'>y</head>", ["/s.css"]),
    "<!-- c --><!doctype html>\n<html lang=\"a>b\">\n<head a='>'><link rel=\"stylesheet\" href=\"/s.css\">y</head>");
  assert.equal(await whole(() => "<html>x</html>", ["/s.css"]), '<!DOCTYPE html><html><head><link rel="stylesheet" href="/s.css"></head>x</html>');
  const comments = "<!-- -->".repeat(20_000);
  const started = performance.now();
  assert.equal(bodyOf(await whole(() => comments)), comments);
  assert.ok(performance.now() - started < 1000);
});
