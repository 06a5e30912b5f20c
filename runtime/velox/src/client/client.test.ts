// Components as they are on the server: signals, context, router, links, JSX (T2, T8, SSR-10, ESC-3, ESC-5).

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Head, Suspense } from "../index.js";
import { children, dynamic, text, type View } from "../internal.js";
import { Fragment, jsx, jsxs } from "../jsx/runtime.js";
import { app, bodyOf, client, page, render } from "../testing/app.js";
import * as everything from "./index.js";
import {
  asyncSignal, batch, computed, createContext, effect, lazy, Link, memo, onCleanup, onDestroy, onMount, onUpdate, persistedSignal, ref, signal, untrack,
  useContext, useParams, useRouter, useSearchParams,
} from "./index.js";

const later = <T>(value: T, ms = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));

test("signals hold values; computed values follow", () => {
  const count = signal(1);
  let computations = 0;
  const double = computed(() => { computations++; return count.value * 2; });
  const quadruple = computed(() => double.value * 2);
  assert.deepEqual([quadruple.value, double.value, double.peek(), computations], [4, 2, 2, 1]);
  count.value = 5;
  assert.deepEqual([quadruple.value, double.value, computations], [20, 10, 2]);
  count.value = 5;
  assert.equal(double.value, 10);
  assert.equal(computations, 2);
  assert.deepEqual([`${count}`, JSON.stringify({ count, double }), +count.valueOf() + 1], ["5", '{"count":5,"double":10}', 6]);
  assert.equal(signal().value, undefined);
  assert.equal(persistedSignal("k", 3).value, 3);
  assert.equal(batch(() => untrack(() => 7)), 7);
  assert.equal(text(signal("<")) + text(computed(() => ["<", 1])), "&lt;&lt;1");
});

test("effects and hooks of the browser never run", () => {
  const fail = (): never => { throw new Error("ran"); };
  effect(fail)();
  for (const hook of [onMount, onUpdate, onCleanup, onDestroy]) hook(fail);
  assert.deepEqual(ref(), { current: null });
});

test("asyncSignal says that it loads, and never does on the server", async () => {
  const fail = (): never => { throw new Error("ran"); };
  const empty = asyncSignal<string>(async () => fail());
  assert.deepEqual([empty.value, empty.status, empty.error], [undefined, "loading", null]);
  const given = asyncSignal(async () => fail(), "<first>");
  assert.deepEqual([given.peek(), given.status, text(given)], ["<first>", "loading", "&lt;first&gt;"]);
  await assert.rejects(given.refetch(), /in the browser only/);
});

test("language.md 7: velox/client has every name of the list", () => {
  const names = "signal computed effect batch untrack onMount onUpdate onCleanup onDestroy createContext useContext ref lazy memo asyncSignal persistedSignal Link useRouter useParams useSearchParams";
  for (const name of names.split(" ")) assert.equal(typeof (everything as Record<string, unknown>)[name], "function", name);
});

test("SSR-10 a module signal that a request writes: an error in development, a warning otherwise", async () => {
  const shared = signal(0);
  const block = () => { shared.value++; return "x"; };
  const development = client(app([page("/", block)]), { development: true });
  assert.equal((await development.get("/")).status, 500);
  assert.match(String(development.logged[0]!.error), /all visitors share it/);
  const warnings: unknown[] = [];
  const original = console.warn;
  console.warn = (message) => void warnings.push(message);
  try {
    const { get } = client(app([page("/", block)]));
    await get("/");
    await get("/");
  } finally {
    console.warn = original;
  }
  assert.equal(warnings.length, 1);
  assert.equal(await render(() => { const own = signal(1); own.value = 2; return text(own); }), "2");
});

const Theme = createContext("light");
const Shows = () => useContext(Theme);

test("a context reaches everything inside of its provider, also after an await", async () => {
  const Slow = async () => { await later(0, 3); return [useContext(Theme), jsx(Shows, {})]; };
  const tree = jsxs("div", { children: [
    jsx(Shows, {}),
    jsx(Theme.Provider, { value: "dark", children: jsxs(Fragment, { children: [jsx(Shows, {}), jsx(Slow, {}), jsx(Theme.Provider, { value: "inner", children: jsx(Slow, {}) })] }) }),
    jsx(Shows, {}),
  ] });
  assert.equal(await render(() => text(tree)), "<div>lightdarkdarkdarkinnerinnerlight</div>");
  const emitted = () => dynamic(Theme.Provider, { value: "dark", children: children(() => dynamic(Shows, {})) }) + dynamic(Shows, {});
  assert.equal(await render(emitted), "darklight");
});

test("contexts of interleaved renders do not mix", async () => {
  const Slow = async () => { await later(0, Math.random() * 5); return useContext(Theme); };
  const block = (_p: object, _s: unknown, view: View) => text(jsx(Theme.Provider, { value: view.params["id"], children: [jsx(Slow, {}), jsx(Slow, {})] }));
  const { get } = client(app([page("/:id", block)]));
  await Promise.all(Array.from({ length: 20 }, async (_, id) => assert.equal(bodyOf((await get(`/${id}`)).text), `${id}${id}`)));
});

test("router, params and query of the page", async () => {
  const Component = () => {
    const router = useRouter();
    assert.throws(() => router.push("/x"), /in the browser only/);
    return [router.path, router.url.search, useParams<{ id: string }>().id, useSearchParams().get("q")].join(" ");
  };
  const { get } = client(app([page("/a/:id", () => dynamic(Component, {}))]));
  assert.equal(bodyOf((await get("/a/7?q=x")).text), "/a/7 ?q=x 7 x");
  const shared = client(app([page("/s", () => dynamic(() => useSearchParams().get("q"), {}), { mode: "isr", revalidate: 1 })]));
  assert.equal((await shared.get("/s?q=x")).status, 500);
  assert.match(String(shared.logged[0]!.error), /useSearchParams\(\)/);
});

test("Link prints an anchor", () => {
  assert.equal(text(Link({ href: "/a?b&c", class: ["x"], children: "<go>", prefetch: "hover", replace: true, "aria-current": "page" })),
    '<a href="/a?b&amp;c" class="x" aria-current="page" data-velox-link="" data-velox-prefetch="hover" data-velox-replace="">&lt;go&gt;</a>');
  assert.equal(text(Link({ href: "javascript:x" })), '<a href="about:invalid#velox" data-velox-link=""></a>');
});

test("lazy and memo", async () => {
  const Inner = (props: { name: string }) => "<" + props.name;
  const Lazy = lazy(async () => later({ default: Inner }));
  assert.equal(await render(() => dynamic(Lazy, { name: "x" })), "&lt;x");
  assert.equal(memo(Inner)({ name: "y" }), "<y");
});

test("JSX gives the HTML that emitted code gives", () => {
  const table: [unknown, string][] = [
    [jsx("p", { children: "<", class: ["a"], title: '"' }), '<p class="a" title="&quot;">&lt;</p>'],
    [jsx("br", {}), "<br>"], [jsx("input", { disabled: true, value: 0, onInput: () => {} }), '<input disabled value="0">'],
    [jsx("a", { href: "javascript:x", onclick: "x" }), '<a href="about:invalid#velox"></a>'],
    [jsx("pre", { children: "\nx" }), "<pre>\n\nx</pre>"],
    [jsx("div", { innerHTML: "<b>" }), "<div></div>"],
    [jsxs(Fragment, { children: ["a", jsx("b", { children: 1 })] }), "a<b>1</b>"],
    [jsx((props: { x: string }) => props.x, { x: "<" }), "&lt;"],
    [jsx("my-el", { "data-x": false, children: null }), '<my-el data-x="false"></my-el>'],
    [jsx("svg", { viewBox: "0 0 1 1", children: jsx("linearGradient", {}) }), '<svg viewBox="0 0 1 1"><linearGradient></linearGradient></svg>'],
  ];
  for (const [value, wanted] of table) assert.equal(text(value), wanted);
  assert.throws(() => text(jsx("script", { children: "x" })), /innerHTML/);
  assert.throws(() => text(jsx("a b", {})), /not the name/);
});

test("a page and components of .tsx files", async () => {
  const Page = (props: { params: { id: string } }) => jsxs("p", { children: [props.params.id, jsx(Head, { children: jsx("title", { children: "T<" }) })] });
  const { get } = client(app([
    page("/:id", { default: Page, meta: { description: "d" } }, { file: "routes/[id].tsx" }),
    page("/text/a", () => "<b>", { file: "routes/a.tsx" }),
  ]));
  const got = (await get("/7")).text;
  assert.equal(bodyOf(got), "<p>7</p>");
  assert.match(got, /<meta name="description" content="d"><title>T&lt;<\/title>/);
  assert.equal(bodyOf((await get("/text/a")).text), "&lt;b&gt;");
});

test("T7 <Suspense> as a component", async () => {
  const Fails = async () => { await later(0); throw new Error("secret"); };
  const tree = () => text(jsxs(Fragment, { children: [
    jsx(Suspense, { fallback: "wait", children: later("ok") }),
    jsx(Suspense, { error: (error: { message: string }) => jsx("i", { children: error.message }), children: jsx(Fails, {}) }),
    jsx(Suspense, { error: "fixed", children: jsx(Fails, {}) }),
  ] }));
  assert.equal(await render(tree), "ok<i>Internal Server Error</i>fixed");
});

test("case 56: a signal of a module keeps nothing of the renderings that read it, also of those that failed", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const shared = signal(1);
  const double = computed(() => shared.value * 2);
  const held: WeakRef<object>[] = [];
  const block = (): string => {
    const own = { text: "x".repeat(1000) };
    held.push(new WeakRef(own));
    const Reads = () => {
      effect(() => void (own.text + shared.value));
      shared.subscribe(() => own.text);
      const text = computed(() => own.text.length + double.value);
      if (held.length % 2 === 0) throw new Error("fails");
      return [shared, text];
    };
    return dynamic(Reads, {});
  };
  const { get } = client(app([page("/", block)]));
  for (let index = 0; index < 20; index++) await get("/");
  for (let round = 0; round < 20 && held.some((one) => one.deref() !== undefined); round++) {
    await later(null, 5);
    collect();
  }
  // The last one may still stand on the stack.
  assert.ok(held.filter((one) => one.deref() !== undefined).length <= 1);
});

test("two requests that render at once have signals of their own", async () => {
  const Count = async (props: { id: string }) => {
    const own = signal(props.id);
    const shown = computed(() => own.value + "!");
    await later(0, Math.random() * 4);
    own.value += props.id;
    return shown;
  };
  const { get } = client(app([page("/:id", (_p: object, _s: unknown, view: View) => dynamic(Count, { id: String(view.params["id"]) }))]));
  await Promise.all(Array.from({ length: 10 }, async (_, id) => assert.equal(bodyOf((await get(`/${id}`)).text), `${id}${id}!`)));
});
