// Islands as the server prints them (T8, ISL-1, ISL-4): elements, props, modules, the loader, what is passed in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { children, dynamic, html, island, text, type IslandOptions } from "../internal.js";
import { jsx } from "../jsx/runtime.js";
import { scriptHash, islandScript } from "../render/inline-scripts.js";
import { app, bodyOf, client, page, type Block } from "../testing/app.js";
import { LOADER } from "./loader-text.js";

const ISLANDS = {
  "c/Counter.tsx#default": { src: "/_velox/Counter.1.js", preload: ["/_velox/chunk.1.js"] },
  "c/Panel.tsx#default": { src: "/_velox/Panel.1.js", preload: ["/_velox/chunk.1.js"], styles: ["/_velox/Panel.1.css"] },
};

const Counter = (props: { start?: number; children?: unknown }) => jsx("b", { children: [props.start, props.children] });
const counter = (props: object, on: IslandOptions = { on: "load" }) => island(Counter, props as Record<string, unknown>, "c/Counter.tsx#default", on);
const panel = (props: object, on: IslandOptions = { on: "load" }) => island(Counter, props as Record<string, unknown>, "c/Panel.tsx#default", on);

async function answer(block: Block) {
  const { get, logged } = client(app([page("/", block)], { islands: ISLANDS }));
  const got = await get("/");
  if (got.status !== 200) throw logged[0]!.error;
  return got.text;
}
const rendered = async (block: Block): Promise<string> => bodyOf(await answer(block));
const headOf = (html: string): string => html.slice(html.indexOf("<head>"), html.indexOf("</head>"));
const blocks = (html: string): string[] => [...html.matchAll(/<script type="application\/json">([^]*?)<\/script>/g)].map(([, block]) => block!);

test("a page without islands has nothing of them", async () => {
  assert.doesNotMatch(await answer(() => "<p>x</p>"), /script|velox|preload/);
});

test("the element, its indices, its directive; modules and props behind all of them", async () => {
  const body = await rendered(() =>
    counter({ start: 1 }) + panel({}, { on: "idle", value: { timeout: 9 } }) + counter({ start: 2 }, { on: "visible", value: { rootMargin: '1px"' } }) +
    counter({ start: 1 }, { on: "media", value: "(width > 1px)" }));
  assert.equal(body,
    '<velox-island i="0" p="0" style="display:contents"><b>1</b></velox-island>' +
    '<velox-island i="1" on="idle" o="9" style="display:contents"><b></b></velox-island>' +
    '<velox-island i="0" p="1" on="visible" o="1px&quot;" style="display:contents"><b>2</b></velox-island>' +
    '<velox-island i="0" p="0" on="media" o="(width &gt; 1px)" style="display:contents"><b>1</b></velox-island>' +
    '<script type="application/json">[0,0,2,0,"/_velox/Counter.1.js","/_velox/Panel.1.js"]</script>' +
    '<script type="application/json">[{"start":1},{"start":2}]</script><velox-props></velox-props>');
});

test("what is needed at once is fetched early, what is idle with low priority; the loader stands in the head once", async () => {
  const head = headOf(await answer(() => counter({}) + counter({}) + panel({}, { on: "idle" })));
  assert.equal(head.match(/<script>/g)!.length, 1);
  assert.ok(head.includes(`<script>${LOADER}</script>`));
  assert.match(head, /<link rel="modulepreload" href="\/_velox\/Counter\.1\.js"><link rel="modulepreload" href="\/_velox\/chunk\.1\.js">/);
  assert.match(head, /<link rel="stylesheet" href="\/_velox\/Panel\.1\.css"><link rel="modulepreload" href="\/_velox\/Panel\.1\.js" fetchpriority="low">/);
  assert.doesNotMatch(headOf(await answer(() => counter({}, { on: "visible" }) + panel({}, { on: "media", value: "print" }))), /modulepreload/);
});

test("the loader is at most 1.0 KB, and ends no script", () => {
  assert.ok(gzipSync(LOADER, { level: 9 }).length <= 1024);
  assert.doesNotMatch(LOADER, /<\/|<!--/);
  assert.match(scriptHash(islandScript), /^'sha256-/);
});

test("client:only is not rendered on the server; its fallback is", async () => {
  const only = (props: Record<string, unknown>) => island(null, props, "c/Counter.tsx#default", { on: "only" });
  const body = await rendered(() => only({ start: 1, fallback: html("<i>wait</i>") }) + only({ children: children(() => "<u>x</u>") }));
  assert.match(body, /^<velox-island i="0" p="0" on="only" style="display:contents"><i>wait<\/i><\/velox-island>/);
  assert.match(body, /<velox-island i="0" on="only" style="display:contents"><template data-velox-slot><u>x<\/u><\/template><\/velox-island>/);
  assert.deepEqual(JSON.parse(blocks(body)[1]!), [{ start: 1 }]);
});

test("children are HTML of the page in a slot; what the island does not print is kept beside it", async () => {
  const Shy = (props: { title: unknown }) => jsx("b", { children: props.title });
  const body = await rendered(() =>
    counter({ start: 1, children: children(() => "<i>" + counter({ start: 2 }) + "</i>") }) +
    island(Shy, { title: html("<em>t</em>"), children: children(() => "<u>later</u>") }, "c/Panel.tsx#default", { on: "load" }));
  assert.match(body, /<b>1<velox-slot style="display:contents"><i><velox-island i="0" p="1" style="display:contents"><b>2<\/b><\/velox-island><\/i><\/velox-slot><\/b>/);
  assert.match(body, /<b><velox-slot n="title" style="display:contents"><em>t<\/em><\/velox-slot><\/b><template data-velox-slot><u>later<\/u><\/template><\/velox-island>/);
  assert.deepEqual(JSON.parse(blocks(body)[1]!), [{ start: 1 }, { start: 2 }]);
});

test("text as children is a prop like others", async () => {
  const body = await rendered(() => counter({ children: "<save>" }));
  assert.match(body, /<b>&lt;save&gt;<\/b>/);
  assert.deepEqual(JSON.parse(blocks(body)[1]!), [{ children: "<save>" }]);
});

test("inside of an island a component is part of it, whatever its directive", async () => {
  const Outer = () => html("<p>" + counter({ start: 1 }) + island(null, {}, "c/Panel.tsx#default", { on: "only" }) + "</p>");
  assert.match(await rendered(() => island(Outer, {}, "c/Panel.tsx#default", { on: "load" })), /<velox-island i="0" style="display:contents"><p><b>1<\/b><\/p><\/velox-island>/);
});

test("ISL-4 an object that islands share is written once, and is one", async () => {
  const list = [{ text: "shared" }];
  const body = await rendered(() => Array.from({ length: 5 }, (_, at) => counter({ list, at })).join(""));
  assert.equal(body.match(/shared/g)!.length, 1);
  assert.equal(JSON.parse(blocks(body)[0]!)[3], 1);
  const plain = await rendered(() => counter({ list }) + counter({ list: [1] }));
  assert.equal(JSON.parse(blocks(plain)[0]!)[3], 0);
});

test("ISL-4 props that cannot be sent are an error that names island and path", async () => {
  for (const [props, message] of [
    [{ items: [{}, { onClick() {} }] }, /the props of the island <Counter>: items\[1\]\.onClick is a function/],
    [{ user: new (class User {})() }, /<Counter>: user is an instance of User/],
    [{ key1: Symbol("a") }, /<Counter>: key1 is a symbol/],
  ] as const) {
    await assert.rejects(answer(() => counter(props)), message);
  }
});

test("an island that the build does not know is an error that says what to do", async () => {
  await assert.rejects(answer(() => island(Counter, {}, "c/Other.tsx#default", { on: "load" })), /the island c\/Other\.tsx#default is not part of the build/);
  await assert.rejects(answer(() => island(Counter, {}, "__proto__", { on: "load" })), /not part of the build/);
});

test("a component outside of islands is called as before", async () => {
  assert.equal(await rendered(() => dynamic(Counter, { start: 1 }) + text("<")), "<b>1</b>&lt;");
});
