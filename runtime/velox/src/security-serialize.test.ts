// The security checklist: what travels from the server to the browser inside a page, a test for each case under
// its number.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "./shared/decoder.js";
import { decodeValue } from "./shared/deserialize.js";
import { encodeValue } from "./shared/serialize.js";

test("case 41: data of any shape ends no script block", () => {
  for (const text of ["</ScRiPt ><script>alert(1)</script>", "<!--", "<!--<script>", "\u2028", "\u2029"]) {
    for (const value of [{ text }, { [text]: 1 }, { text, at: new Date(0) }, new Map([[text, text]]), new URL("https://a.example/?" + text)]) {
      const { text: block, flag } = encodeValue(value, "x");
      assert.doesNotMatch(block, /<|\u2028|\u2029/);
      if (flag === 0) assert.deepEqual(decodeValue(block, 0), value);
      else assert.deepEqual(decode(block), value);
    }
  }
});

test("case 47: an array that is long in name only is refused before anybody loops over it", () => {
  assert.throws(() => decode("[[-7,1000000000]]"), RangeError);
  const holes: unknown[] = [];
  holes.length = 1e9;
  const start = performance.now();
  assert.throws(() => encodeValue(holes, "x"), /most of which are missing/);
  assert.ok(performance.now() - start < 100);
});

test("case 48: __proto__ keys do not travel in either direction, and change no prototype", () => {
  for (const json of ['{"__proto__":{"admin":true}}', '[{"a":{"__proto__":null}}]']) {
    assert.throws(() => encodeValue(JSON.parse(json), "x"), /__proto__/);
    assert.throws(() => encodeValue([JSON.parse(json), new Date(0)], "x"), /__proto__/);
  }
  for (const text of ['[{"__proto__":1},{"admin":2},true]', '[{"a":1},{"__proto__":2},1]']) assert.throws(() => decode(text), /__proto__/);
  assert.throws(() => decode('[["null","__proto__",1],true]'), Error);
  assert.equal(({} as Record<string, unknown>)["admin"], undefined);
});

test("case 49: the decoder makes no function, class or module, whatever the text names", () => {
  for (const type of ["Function", "eval", "constructor", "Object", "Error", "Promise", "__proto__", "toString"]) {
    assert.throws(() => decode(`[["${type}",1],"alert(1)","x"]`.replace('"alert(1)"', '["alert(1)"]')), Error, type);
  }
});
