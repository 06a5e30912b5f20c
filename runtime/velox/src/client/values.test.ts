// Values that reach the DOM from modules compiled for the browser (T4, T5, ESC-2 to ESC-4), as tables.

import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../shared/html.js";
import { INVALID_URL } from "../shared/url.js";
import { attributeValue, classText, jsonText, markup, safeProps } from "./values.js";
import { signal } from "./signals.js";

test("T4 class values become text, and nothing where no name is left", () => {
  const table: [unknown, string | undefined][] = [
    ["a b", "a b"], [["a", { b: true, c: false }, null], "a b"], [{}, undefined], ["", undefined], [null, undefined],
    [signal(["a"]), "a"],
  ];
  for (const [value, wanted] of table) assert.equal(classText(value), wanted);
});

test("ESC-2 URLs that are not let through never reach the element", () => {
  const table: [string, unknown, unknown][] = [
    ["href", "/a", "/a"],
    ["href", " java\nscript:alert(1)", INVALID_URL],
    ["HREF", "javascript:x", INVALID_URL],
    ["href", { toString: () => "javascript:x" }, INVALID_URL],
    ["href", ["javascript:x"], INVALID_URL],
    ["href", new URL("https://a.example/"), "https://a.example/"],
    ["href", signal("javascript:x"), INVALID_URL],
    ["srcset", "/a 1x, javascript:x 2x", `/a 1x, ${INVALID_URL} 2x`],
    ["href", null, null], ["href", undefined, undefined], ["href", false, false], ["data", 1, "1"],
  ];
  for (const [name, value, wanted] of table) assert.equal(attributeValue(name, value), wanted, name);
});

test("T5 a string in srcdoc stands for text, HTML for itself", () => {
  assert.equal(attributeValue("srcdoc", "<script>"), "&lt;script&gt;");
  assert.equal(attributeValue("srcdoc", html("<b>x</b>")), "<b>x</b>");
  assert.equal(attributeValue("srcdoc", null), null);
});

test("T5 innerHTML takes what prints, and nothing for what does not", () => {
  const table: [unknown, string][] = [
    ["<b>", "<b>"], [html("<i>"), "<i>"], [3, "3"], [null, ""], [undefined, ""], [false, ""], [true, ""], [["<b>", 1], "<b>1"],
    [signal("<u>"), "<u>"],
  ];
  for (const [value, wanted] of table) assert.equal(markup(value), wanted);
});

test("ESC-4 JSON cannot close its script", () => {
  assert.equal(jsonText({ a: "</script>" }), '{"a":"\\u003c/script>"}');
  assert.equal(jsonText('["<"]'), '["\\u003c"]');
  assert.equal(jsonText(undefined), "null");
});

test("ESC-3 a spread brings neither markup nor script, but handlers that are functions", () => {
  const click = () => undefined;
  const given = {
    onClick: click, onclick: "alert(1)", innerHTML: "<b>", dangerouslySetInnerHTML: { __html: "<b>" }, srcdoc: "<b>",
    children: "x", href: "javascript:x", className: ["a", { b: 1 }], htmlFor: "q", disabled: "", title: "", "a b": 1,
  };
  assert.deepEqual(safeProps(given, "a"), {
    onClick: click, href: INVALID_URL, class: "a b", for: "q", disabled: true, title: "",
  });
  assert.deepEqual(safeProps(JSON.parse('{"__proto__":{"title":"x"}}'), "a"), {});
  for (const nothing of [null, undefined, false, "text", 3]) assert.deepEqual(safeProps(nothing, "a"), {});
});
