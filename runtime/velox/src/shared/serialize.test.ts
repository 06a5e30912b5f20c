// What travels from the server to the browser: values arrive as they were (ISL-4), nothing that they hold ends the
// script they stand in (ESC-4), and what cannot travel is named by its path.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "devalue";
import { runInNewContext } from "node:vm";
import { html } from "./html.js";
import { signal } from "../client/index.js";
import { decodeValue } from "./deserialize.js";
import { decode } from "./decoder.js";
import { encodeValue, escapeForScript, SerializeError } from "./serialize.js";

async function travel<T>(value: T): Promise<T> {
  const { text, flag } = encodeValue(value, "the value");
  return (await decodeValue(text, flag)) as T;
}

test("ISL-4 JSON types travel as JSON, and no decoder is loaded for them", () => {
  const values: unknown[] = [null, true, "", "text", 0, -1.5, 1e300, [], {}, [1, "a", null, [true]], { a: { b: [{}] }, "": 1, "a b": 2 }, { constructor: 1 }];
  for (const value of values) {
    const { text, flag } = encodeValue(value, "x");
    assert.equal(flag, 0);
    assert.deepEqual(decodeValue(text, flag), value);
  }
  const bare = Object.assign(Object.create(null) as object, { slug: "a" });
  assert.deepEqual(encodeValue(bare, "x"), { text: '{"slug":"a"}', flag: 0 });
});

test("ISL-4 what JSON cannot hold arrives as it was", async () => {
  const values = [
    undefined, NaN, Infinity, -Infinity, -0, 10n ** 30n, new Date(0), new URL("https://a.example/b?c#d"), /a\/b"</giu,
    new Map<unknown, unknown>([["a", 1], [{ k: 1 }, new Set([1])]]), new Set([NaN, -0, "x"]), new Uint8Array([1, 255]),
    new Float64Array([NaN, -0, 1.5]), new BigInt64Array([-1n]), new Int8Array(0), new Uint8ClampedArray([9]).buffer,
    new DataView(new Uint8Array([1, 2]).buffer), new URLSearchParams("a=1&a=2"), { a: undefined }, [undefined], [, 1, ,],
    { list: [new Date(1), { when: new Date(2) }], n: -0 },
  ];
  for (const value of values) {
    const { flag } = encodeValue(value, "x");
    assert.equal(flag, 1);
    const arrived = await travel(value);
    assert.deepStrictEqual(arrived, value);
    assert.deepStrictEqual(arrived, parse(encodeValue(value, "x").text));
    if (value instanceof URL) assert.equal((arrived as URL).href, value.href);
  }
  assert.equal((await travel(new Date(NaN))).getTime(), NaN);
  assert.equal("a" in (await travel<object>({ a: undefined })), true);
});

test("ISL-4 repeated references and cycles arrive as such", async () => {
  const tea = { name: "Sencha" };
  const both = await travel({ first: tea, second: [tea] });
  assert.equal(both.first, both.second[0]);
  const loop: { self?: unknown; map: Map<string, unknown> } = { map: new Map() };
  loop.self = loop;
  loop.map.set("loop", loop);
  const arrived = await travel(loop);
  assert.equal(arrived.self, arrived);
  assert.equal(arrived.map.get("loop"), arrived);
  const bytes = new Uint8Array([1, 2]);
  const views = await travel([bytes, bytes, new Int8Array(bytes.buffer)]);
  assert.equal(views[0], views[1]);
  assert.equal(views[0]?.buffer, views[2]?.buffer);
});

test("ISL-4 what cannot travel is an error that names its path", () => {
  class Money {
    cents = 1;
  }
  class Cents extends Array {}
  class Ticks extends Date {}
  class Forged {
    get [Symbol.toStringTag](): string {
      return "Map";
    }
  }
  const table: [unknown, string][] = [
    [{ items: [0, 1, 2, { onClick() {} }] }, "props: items[3].onClick is a function, which cannot be sent to the browser"],
    [() => 1, "props: the value is a function, which cannot be sent to the browser"],
    [[Symbol("x")], "props: [0] is a symbol, which cannot be sent to the browser"],
    [{ "a b": { price: new Money() } }, 'props: ["a b"].price is an instance of Money, which cannot be sent to the browser; pass a plain object'],
    [{ a: new Cents() }, "props: a is an instance of Cents, which cannot be sent to the browser; pass a plain object"],
    [{ a: new Ticks() }, "props: a is an instance of Ticks, which cannot be sent to the browser; pass a plain object"],
    [{ a: new Forged() }, "props: a is an instance of Forged, which cannot be sent to the browser; pass a plain object"],
    [{ a: new Error("x") }, "props: a is an instance of Error, which cannot be sent to the browser; pass a plain object"],
    [{ a: new WeakMap() }, "props: a is an instance of WeakMap, which cannot be sent to the browser; pass a plain object"],
    [{ a: new (class {})() }, "props: a is an instance of a class, which cannot be sent to the browser; pass a plain object"],
    [{ a: Promise.resolve(1) }, "props: a is a promise, which cannot be sent to the browser; await it first"],
    [{ a: signal(1) }, "props: a is a signal, which cannot be sent to the browser; pass its value"],
    [{ a: html("<b>") }, "props: a is an element, which cannot be sent to the browser; pass it as a child of the component"],
    [{ a: { [Symbol("x")]: 1 } }, "props: a has a property that is named by a symbol, which cannot be sent to the browser"],
    [new Map([["k", { f() {} }]]), 'props: get("k").f is a function, which cannot be sent to the browser'],
    [{ m: new Map([[() => 1, 1]]) }, "props: m.keys() is a function, which cannot be sent to the browser"],
    [{ s: new Set([() => 1]) }, "props: s.values() is a function, which cannot be sent to the browser"],
    [{ d: new Date(), f: () => 1 }, "props: f is a function, which cannot be sent to the browser"],
    [{ a: JSON.parse('{"__proto__":{"admin":true}}') as unknown }, "props: a has a property named __proto__, which cannot be sent to the browser"],
  ];
  for (const [value, message] of table) {
    assert.throws(() => encodeValue(value, "props"), (error) => error instanceof SerializeError && error.message === message, message);
  }
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  assert.throws(() => encodeValue(deep, "props"), /is nested more than 1000 levels deep$/);
});

test("values of another realm travel like those of this one", async () => {
  const value = runInNewContext("({ at: new Date(5), list: [1], names: new Map([[1, new Set([2])]]) })") as object;
  assert.deepEqual(await travel(value), { at: new Date(5), list: [1], names: new Map([[1, new Set([2])]]) });
});

test("a view of a buffer sends its own bytes and no others", async () => {
  const secret = new TextEncoder().encode("public-secret");
  const { text, flag } = encodeValue({ a: secret.subarray(0, 6), b: Buffer.from("public"), c: new DataView(secret.buffer, 0, 6) }, "x");
  assert.equal(flag, 1);
  const { a, b, c } = (await decodeValue(text, flag)) as { a: Uint8Array; b: Uint8Array; c: DataView };
  assert.deepEqual([new TextDecoder().decode(a), new TextDecoder().decode(b), new TextDecoder().decode(c)], ["public", "public", "public"]);
  assert.deepEqual([a.buffer.byteLength, b.buffer.byteLength, c.buffer.byteLength], [6, 6, 6]);
});

test("ESC-4 no value ends or opens anything in the script it stands in", async () => {
  const bad = ["</script>", "</ScRiPt ><script>alert(1)</script>", "<!--<script>", "-->", "]]>", "\u2028\u2029", "\ud800", "\0", "</script\n>"];
  for (const text of bad) {
    for (const value of [text, { [text]: text }, [text, new Date(0)], new Map([[text, new Set([text])]]), new RegExp("[" + text.replace(/[\]\\[]/g, "") + "]")]) {
      const encoded = encodeValue(value, "x");
      assert.doesNotMatch(encoded.text, /[<\u2028\u2029]/);
      assert.equal(escapeForScript(encoded.text), encoded.text);
      assert.deepStrictEqual(await decodeValue(encoded.text, encoded.flag), value);
    }
  }
});

test("the decoder refuses what no encoder writes", () => {
  const bad = ["[[-7,1000000000]]", '[{"__proto__":1},{}]', '[["null","__proto__",1],{}]', "[[99]]", '[["Function","alert(1)"]]', "{}", '[["Uint8Array",1],7]', "5", '["a"', "[[-9]]",
    '[["Float64Array",1],["ArrayBuffer","@"]]', '[["Object",1],1]', '[[-7,"x",0,0]]', '[["0"]]'];
  for (const text of bad) assert.throws(() => decode(text), Error, text);
  assert.equal(({} as Record<string, unknown>)["admin"], undefined);
});

test("an array of holes is refused by the encoder as by the decoder, before anybody loops over it", async () => {
  const holes: unknown[] = [];
  holes[4_000_000_000] = 1;
  assert.throws(() => encodeValue({ holes }, "props"), /^SerializeError: props: holes is an array of 4000000001 items, most of which are missing$/);
  const few: unknown[] = [];
  few[50_000] = "x";
  assert.deepEqual(await travel(few), few);
});
