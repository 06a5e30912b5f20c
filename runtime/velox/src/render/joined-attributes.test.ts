// What an attribute with HTML on both sides prints for every kind of value: the same as the HTML, the attribute by
// itself, and the HTML (T4, T5, ESC-1, ESC-2).

import assert from "node:assert/strict";
import { test } from "node:test";
import { html, withAttribute, withClass, withUrl } from "../internal.js";
import { SIGNAL_BRAND } from "../shared/html.js";
import { render } from "../testing/app.js";
import { attribute, classAttribute, urlAttribute } from "./attributes.js";

const signalOf = <T>(value: T) => ({ value, brand: SIGNAL_BRAND });
const url = new URL("https://a/?b&c");

const VALUES: unknown[] = [
  "", "a", 'a"b<c>&\0', "<b>", '" onload="x', "a long text without anything in it at all", 'a long "text" <with> something & more \0',
  "日本語のテキスト、とても長い文章です。日本語", '日本語のテキスト、とても"長い<文章>です。日本語',
  0, -0, 1.5, NaN, -Infinity, 10n, true, false, null, undefined, Symbol("s"), () => "f", function named() {},
  { a: 1 }, { toString: () => 'o"<' }, Object.create(null), [], ["a", "<"], [null], [["a", ["b"]]], [["<", false, undefined, null, true, 0, 1, "", '"']],
  url, new Date(0), html("<b>"), new Map([["k", 1]]), new Set(["s"]), { a: true, '"': 1, b: 0 }, { 'x" onload="y': true },
  signalOf("s"), signalOf('"<'), signalOf(null), signalOf(true), signalOf(false), signalOf(3), signalOf(["a", { b: true }]), signalOf(signalOf("in")),
  "/a?b=1&c=2", "//host/x", "https://a", "HTTP://a", "mailto:a@b", "tel:1", "javascript:alert(1)", " javascript:x", "java\nscript:x", "\0javascript:x",
  "data:text/html,x", "vbscript:x", "/javascript:x", signalOf("javascript:x"), { toString: () => "javascript:x" }, ["javascript:x"],
];

test("a value prints what it prints as an attribute by itself", () => {
  for (const value of VALUES) {
    for (const name of ["title", "aria-hidden", "data-x", "draggable", "hidden", "viewBox", "xml:lang", "@click", "a.b"]) {
      const got = withAttribute(`<p class="a b" ${name}="`, value, '"><i title=" ">');
      assert.equal(got, '<p class="a b"' + attribute(name, value) + '><i title=" ">', `${name} of ${String(got)}`);
    }
    for (const name of ["href", "src", "action", "xlink:href", "poster", "cite", "HREF"]) {
      assert.equal(withUrl(`<a ${name}="`, value, '">'), "<a" + urlAttribute(name, value) + ">");
    }
    assert.equal(withClass('<p id="x y" class="', value, '" lang="en">'), '<p id="x y"' + classAttribute(value) + ' lang="en">');
  }
});

test("T4 an attribute that is dropped or bare leaves its neighbours as they are", () => {
  const table: [string, string][] = [
    [withAttribute('<p title="', null, '">a b'), "<p>a b"],
    [withAttribute('<p title="', undefined, '"'), "<p"],
    [withAttribute('<p title="', true, '">'), "<p title>"],
    [withAttribute('<p title="', false, '">'), "<p>"],
    [withAttribute(' aria-busy="', false, '" data-v-1>'), ' aria-busy="false" data-v-1>'],
    [withAttribute(' data-x="', true, '">'), ' data-x="true">'],
    [withAttribute("<p title=\"", () => "x", '">'), "<p>"],
    [withAttribute('<td width="', 0, '">'), '<td width="0">'],
    [withAttribute('<p title="', "", '">'), '<p title="">'],
    [withUrl('<a href="', null, '">'), "<a>"],
    [withUrl('<a href="', true, '">'), "<a href>"],
    [withUrl('<a href="', "", '">'), '<a href="">'],
    [withUrl('<a href="', "javascript:x", '">'), '<a href="about:invalid#velox">'],
    [withUrl('<a href="', '/"><script>', '">'), '<a href="/&quot;&gt;&lt;script&gt;">'],
    [withClass('<p class="', [], '">'), "<p>"],
    [withClass('<p class="', "", '">'), "<p>"],
    [withClass('<p class="', ["", null, false], '"><b'), "<p><b"],
    [withClass('<p class="', ["a", { '"': true }, 3, ["b"]], '">'), '<p class="a &quot; 3 b">'],
  ];
  for (const [got, wanted] of table) assert.equal(got, wanted);
});

test("T2 a promise is awaited in its place, and may drop its attribute", async () => {
  const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 1, value));
  const body = await render(
    () =>
      withAttribute('<p title="', later('"'), '"') + withUrl(' cite="', later("javascript:x"), '"') + withClass(' class="', later(["a", { b: 1 }]), '">') +
      withAttribute('<b title="', later(null), '">') + withAttribute('<b hidden="', later(true), '">') + withUrl('<a href="', later(undefined), '">') +
      withClass('<i class="', later([]), '">') + withAttribute('<i title="', signalOf(later("<s>")), '">'),
  );
  assert.equal(
    body,
    '<p title="&quot;" cite="about:invalid#velox" class="a b"><b><b hidden><a><i><i title="&lt;s&gt;">',
  );
});
