// Escaping by place, as tables (ESC-1, ESC-2, ESC-4, T4).

import assert from "node:assert/strict";
import { test } from "node:test";
import { classNames, styleText } from "./class.js";
import { escapeJson, escapeQuoted, escapeText } from "./escape.js";
import { INVALID_URL, safeUrl, safeUrlValue } from "./url.js";

const TEXT: [string, string][] = [
  ["", ""],
  ["plain", "plain"],
  ["a&b", "a&amp;b"],
  ["<script>", "&lt;script&gt;"],
  ["&amp;", "&amp;amp;"],
  ["x<", "x&lt;"],
  ["<>&", "&lt;&gt;&amp;"],
  ["nul\0nul", "nul\ufffdnul"],
  ["say \"hi\"", "say \"hi\""],
  ["emoji 😀 <", "emoji 😀 &lt;"],
  ["'", "'"],
  ['<"', '&lt;"'],
];

test("ESC-1 text", () => {
  for (const [value, wanted] of TEXT) assert.equal(escapeText(value), wanted, JSON.stringify(value));
});

test("ESC-1 a quoted attribute value cannot end", () => {
  const table: [string, string][] = [
    ["", ""],
    ['"', "&quot;"],
    ['x" onload="y', "x&quot; onload=&quot;y"],
    ["a&quot;b", "a&amp;quot;b"],
    ["<b>", "&lt;b&gt;"],
    ["\0", "\ufffd"],
    ["`'", "`'"],
  ];
  for (const [value, wanted] of table) assert.equal(escapeQuoted(value), wanted, JSON.stringify(value));
});

test("ESC-1 every character below U+0100 comes back from text and attribute", () => {
  const decode = (html: string) =>
    html.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]!);
  for (let code = 1; code < 256; code++) {
    const value = `a${String.fromCharCode(code)}b${String.fromCharCode(code)}`;
    assert.equal(decode(escapeText(value)), value);
    assert.equal(decode(escapeQuoted(value)), value);
    assert.doesNotMatch(escapeText(value), /[<>]/);
    assert.doesNotMatch(escapeQuoted(value), /["<>]/);
  }
});

test("ESC-1 a text of any length, in any script, is escaped as character by character", () => {
  const REFERENCES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\0": "\ufffd" };
  const textByOne = (value: string) => value.replace(/[&<>\0]/g, (found) => REFERENCES[found]!);
  const quotedByOne = (value: string) => value.replace(/[&<>"\0]/g, (found) => REFERENCES[found]!);
  // Numbers that look random and are the same in each run.
  let seed = 1;
  const below = (limit: number) => (seed = (seed * 48271) % 2147483647) % limit;
  const PLAIN = [..."abc 09=;'\n\u00ff"];
  const WIDE = [..."日本語é", "😀", "\ud800", "\u0126", "\u013c", "\u2028"];
  const SPECIAL = ["&", "<", ">", '"', "\0"];
  for (const letters of [PLAIN, [...PLAIN, ...WIDE], WIDE]) {
    for (const share of [0, 2, 10, 50, 100]) {
      for (let round = 0; round < 200; round++) {
        let value = "";
        for (let length = below(90); length > 0; length--) {
          const from = below(100) < share ? SPECIAL : letters;
          value += from[below(from.length)];
        }
        assert.equal(escapeText(value), textByOne(value), JSON.stringify(value));
        assert.equal(escapeQuoted(value), quotedByOne(value), JSON.stringify(value));
      }
    }
  }
  // Each special character alone at each place of texts around the length where another way begins.
  for (const length of [1, 23, 24, 25, 26, 64]) {
    for (let at = 0; at < length; at++) {
      for (const special of SPECIAL) {
        for (const letter of ["x", "語"]) {
          const value = letter.repeat(at) + special + letter.repeat(length - at - 1);
          assert.equal(escapeText(value), textByOne(value), JSON.stringify(value));
          assert.equal(escapeQuoted(value), quotedByOne(value), JSON.stringify(value));
        }
      }
    }
  }
});

test("ESC-4 JSON in a script block", () => {
  assert.equal(escapeJson('"</ScRiPt ><script>"'), '"\\u003c/ScRiPt >\\u003cscript>"');
  assert.equal(escapeJson('"<!--"'), '"\\u003c!--"');
  assert.equal(escapeJson("\u2028\u2029"), "\\u2028\\u2029");
});

test("ESC-2 URLs that pass and URLs that do not", () => {
  const safe = [
    "", "/", "/a?b#c", "a/b", "./a", "../a", "?q=javascript:1", "#x:y", "http://a", "https://a", "HTTPS://a", "mailto:a@b",
    "tel:1", "//cdn.example/x", "a/b:c", "é:foo", "ht\ntps://a", "/javascript:1", "1javascript:x",
  ];
  for (const url of safe) assert.equal(safeUrl(url), url, JSON.stringify(url));
  const unsafe = [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\nscript:x", "java\tscript:x", "\x01javascript:x",
    "javascript\n:x", "vbscript:x", "data:text/html,x", "blob:x", "file:///etc/passwd", "ftp://a", "view-source:x",
    "about:blank", "\x00javascript:x", "j\x00avascript:x", "x-y+z.1:foo",
  ];
  for (const url of unsafe) assert.equal(safeUrl(url), INVALID_URL, JSON.stringify(url));
});

test("ESC-2 each candidate of a srcset is checked by itself", () => {
  const table: [string, string][] = [
    ["/a.png 1x, /b.png 2x", "/a.png 1x, /b.png 2x"],
    ["javascript:x 1x, /b.png 2x", `${INVALID_URL} 1x, /b.png 2x`],
    ["/a.png,javascript:x 2x", "/a.png,javascript:x 2x"],
    ["/a.png, javascript:x", `/a.png, ${INVALID_URL}`],
    ["/a.png 100w,javascript:x 200w", `/a.png 100w,${INVALID_URL} 200w`],
    ["data:image/png;base64,AA== 1x", `${INVALID_URL} 1x`],
    [", ,/a", ", ,/a"],
    ["/a (1,2), javascript:x", `/a (1,2), ${INVALID_URL}`],
    ["", ""],
  ];
  for (const [value, wanted] of table) assert.equal(safeUrlValue("srcset", value), wanted, JSON.stringify(value));
  assert.equal(safeUrlValue("ping", "/a javascript:x /b"), `/a ${INVALID_URL} /b`);
});

test("T4 class values", () => {
  const table: [unknown, string][] = [
    ["a b", "a b"], [["a", "b"], "a b"], [["a", ["b", { c: true, d: false }]], "a b c"], [{ a: 1, b: 0 }, "a"],
    [null, ""], [undefined, ""], [false, ""], [true, ""], [[null, false, "a", undefined], "a"], [3, "3"], [[], ""],
    [Symbol("x"), ""], [() => "x", ""],
  ];
  for (const [value, wanted] of table) assert.equal(classNames(value), wanted);
});

test("T4 style values stay inside of their declaration", () => {
  const table: [unknown, string][] = [
    ["color: red", "color: red"],
    [{ color: "red", fontSize: "2rem" }, "color: red; font-size: 2rem"],
    [{ "--x": 1, WebkitFoo: "a", msBar: "b", "line-height": 2 }, "--x: 1; -webkit-foo: a; -ms-bar: b; line-height: 2"],
    [{ "--camelCase": "kept" }, "--camelCase: kept"],
    [{ color: null, margin: undefined, padding: false, top: true, left: "" }, ""],
    [{ color: "red; background: url(x)" }, ""],
    [{ color: "red}body{color:blue" }, ""],
    [{ color: "/* x" }, ""],
    [{ color: "*/ x" }, ""],
    [{ color: "\"open" }, ""],
    [{ color: "'a;b'" }, "color: 'a;b'"],
    [{ background: "url(data:image/png;base64,AA)" }, "background: url(data:image/png;base64,AA)"],
    [{ background: "url(x" }, ""],
    [{ background: "x)" }, ""],
    [{ color: "red\\" }, ""],
    [{ "color:red;x": "y" }, ""],
    [{ "": "y" }, ""],
    [{ content: '"a\nb"' }, ""],
    [42, ""],
  ];
  for (const [value, wanted] of table) assert.equal(styleText(value), wanted, JSON.stringify(value));
});
