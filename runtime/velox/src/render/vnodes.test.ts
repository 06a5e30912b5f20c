// Components that are written for preact, on the server: hooks, signals, what they are given and what they leave behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal as preactSignal } from "@preact/signals";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { children, dynamic, html, mark, text } from "../internal.js";
import { signal } from "../client/index.js";
import { jsx } from "../jsx/runtime.js";
import { render } from "../testing/app.js";
import { Fragment, h, vnode, vnodes } from "./vnodes.js";

const made = <T extends object>(components: T): T => {
  vnodes(components as Record<string, unknown>);
  return components;
};

const { Counter, Box } = made({
  Counter({ start = 0 }: { start?: number }) {
    const [count] = useState(start);
    useEffect(() => assert.fail("an effect ran on the server"));
    return h("button", { onClick: () => {}, title: `"${count}` }, count, " <", h(Fragment, null, "x"));
  },
  Box: (props: { children?: ComponentChildren }) => h("div", { class: "box" }, props.children),
});

test("hooks work, handlers are not printed, text is escaped", async () => {
  assert.equal(await render(() => dynamic(Counter, { start: 2 })), '<button title="&quot;2">2 &lt;x</button>');
});

test("HTML of the page is given as children, and components of either kind stand in the other", async () => {
  const AsHtml = (props: { children?: unknown }) => jsx("i", { children: ["<", jsx(Counter, {}), props.children] });
  const { Mixed } = made({ Mixed: () => h("p", null, h(AsHtml, { children: "c" }), html("<hr>")) });
  assert.equal(await render(() => dynamic(Box, { children: children(() => "<b>&amp;</b>") })), '<div class="box"><b>&amp;</b></div>');
  assert.equal(await render(() => dynamic(Mixed, {})), '<p><i>&lt;<button title="&quot;0">0 &lt;x</button>c</i><hr></p>');
});

test("signals of both kinds are read; a context reaches what is inside", async () => {
  const Theme = createContext("light");
  const own = signal("own<");
  const theirs = preactSignal("theirs");
  const { Shows, Tree } = made({
    Shows: () => h("u", { title: own }, own, theirs, theirs.value, useContext(Theme)),
    Tree: () => h(Theme.Provider, { value: "dark" }, h(Shows, null)),
  });
  assert.equal(await render(() => dynamic(Tree, {})), '<u title="own&lt;">own&lt;theirstheirsdark</u>');
  assert.equal(await render(() => dynamic(Shows, {}) + text("!")), '<u title="own&lt;">own&lt;theirstheirslight</u>!');
});

test("a promise as children is an error that says why", async () => {
  await assert.rejects(render(() => dynamic(Box, { children: Promise.resolve("x") })), /rendered in one go; await it first/);
});

test("case 56 a render that throws after reading a module signal leaves no subscriber behind", async () => {
  let subscribers = 0;
  const shared = preactSignal(0, { watched: () => void subscribers++, unwatched: () => void subscribers-- });
  const { Reads, Throws, Both } = made({
    Reads: () => h("i", null, shared.value),
    Throws() { throw new Error(`read ${shared.value}`); },
    Both: () => h("p", null, h(Reads, null), h(Throws, null)),
  });
  for (let i = 0; i < 100; i++) await assert.rejects(render(() => dynamic(Both, {})), /read 0/);
  assert.equal(subscribers, 0);
  assert.equal(await render(() => dynamic(Reads, {})), "<i>0</i>");
  assert.equal(subscribers, 0);
});

test("case 57 a component that suspends is an error, and leaves no subscriber behind", async () => {
  let subscribers = 0;
  const shared = preactSignal(0, { watched: () => void subscribers++, unwatched: () => void subscribers-- });
  const { Suspends } = made({ Suspends() { shared.value; throw Promise.resolve(); } });
  await assert.rejects(render(() => dynamic(Suspends, {})));
  assert.equal(subscribers, 0);
});

test("a component of a package is preact's; what comes of a .velox file stays what it is", async () => {
  const Icon = (props: { name: string }) => h("svg", { "data-icon": props.name }, useState("x")[0]);
  assert.equal(await render(() => dynamic(vnode(Icon), { name: "<" })), '<svg data-icon="&lt;">x</svg>');
  const Velox = mark(() => "<b></b>");
  assert.equal(await render(() => dynamic(vnode(Velox), {})), "<b></b>");
  assert.equal(vnode("b"), "b");
});
