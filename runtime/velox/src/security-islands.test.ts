// The cases of the security checklist about islands: what stands in their elements and blocks comes from data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { island } from "./internal.js";
import { jsx } from "./jsx/runtime.js";
import { app, bodyOf, client, page } from "./testing/app.js";

const HOSTILE = `"></velox-island><script>alert(1)</script><!--`;
const Shows = (props: { value?: unknown }) => jsx("p", { children: String(props.value) });

async function body(id: string, props: Record<string, unknown>, value?: unknown): Promise<string> {
  const islands = { [id]: { src: "/_velox/a.1.js" } };
  const { get } = client(app([page("/", () => island(Shows, props, id, { on: "media", value }))], { islands }));
  return bodyOf((await get("/")).text);
}

test("case 42 names and values of an island are escaped: its directive's value, the names of what is passed in", async () => {
  const html = await body(`c/${HOSTILE}.tsx#default`, { value: 1, [HOSTILE]: jsx("b", { children: "x" }) }, HOSTILE);
  assert.doesNotMatch(html, /<script>alert/);
  assert.equal(html.match(/<\/velox-island>/g)!.length, 1);
  assert.match(html, /o="&quot;&gt;&lt;\/velox-island&gt;/);
  assert.match(html, /<template data-velox-slot n="&quot;&gt;&lt;\/velox-island&gt;&lt;script&gt;/);
});

test("cases 41 48 no prop ends its block or changes a prototype", async () => {
  const html = await body("c/A.tsx#default", { value: "</ScRiPt ><script>alert(1)</script><!--\u2028" });
  assert.doesNotMatch(html, /<\/ScRiPt >|<script>alert|<!--/);
  const block = /<script type="application\/json">(\[\{[^]*?)<\/script>/.exec(html)![1]!;
  assert.doesNotMatch(block, /[<\u2028]/);
  assert.deepEqual(JSON.parse(block), [{ value: "</ScRiPt ><script>alert(1)</script><!--\u2028" }]);
  const own = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
  const { get } = client(app([page("/", () => island(Shows, own, "a#b", { on: "load" }))], { islands: { "a#b": { src: "/_velox/a.js" } } }), { log: () => {} });
  assert.equal((await get("/")).status, 500);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});
