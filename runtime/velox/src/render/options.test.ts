// What preact's hooks into rendering are given prints as preact prints it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { signal } from "../client/signals.js";
import { jsx } from "../jsx/runtime.js";
import { booleanAttribute } from "./attributes.js";
import { options } from "./options.js";

type Make = (type: string, props: Record<string, unknown>, ...children: unknown[]) => unknown;

const ours: Make = (type, props, ...children) => jsx(type, children.length === 0 ? props : { ...props, children });
const theirs: Make = (type, props, ...children) => h(type, props, ...(children as never[]));

/** Both renderers' HTML; how an attribute without a value is written does not count. */
function both(tree: (make: Make) => unknown): [string, string] {
  const plain = (html: string): string => html.replace(/=""/g, "").replace(/\/>/g, ">").replace(/>\n/g, ">").replace(/&gt;/g, ">");
  return [plain(String(tree(ours))), plain(renderToString(tree(theirs) as never))];
}

const choices = (make: Make): unknown[] => [make("option", { value: "a<b" }, "A"), make("optgroup", { label: "more" }, make("option", {}, "b & c")), make("option", { value: "" }, "none")];

const FIELDS: Record<string, (make: Make) => unknown> = {
  "a select says which option is chosen": (make) => make("select", { value: "a<b" }, ...choices(make)),
  "by an empty value": (make) => make("select", { value: "" }, ...choices(make)),
  "by nothing": (make) => make("select", { value: "other" }, ...choices(make)),
  "a textarea's value is its content": (make) => make("textarea", { value: "</textarea>" }),
  "an input's first value": (make) => make("input", { defaultValue: "x" }),
  "whether a box is ticked at first": (make) => [make("input", { type: "checkbox", defaultChecked: true }), make("input", { type: "checkbox", defaultChecked: false })],
};

for (const [name, tree] of Object.entries(FIELDS)) {
  test(`fields have the value that preact gives them: ${name}`, () => {
    const [own, other] = both((make) => make("form", {}, tree(make)));
    assert.equal(own, other);
  });
}

test("several options may be chosen, and one that is chosen in the markup stays", () => {
  const html = "<option>a</option><option value=\"b\" class=\"x\">B</option><option selected>c</option>";
  const chosen = html.replace("<option value", "<option selected value");
  assert.equal(options(["a", "b"], html), chosen.replace("<option>a", "<option selected>a"));
  assert.equal(options("b", html), chosen);
  assert.equal(options(undefined, html), html);
  assert.equal(options(2, "<option value=\"1\">2</option><option>2</option>"), "<option value=\"1\">2</option><option selected>2</option>");
});

test("an option without a value is known by its text, wherever it stands", () => {
  const html = "<optgroup label=\"more\"><option> b &amp;\n c </option></optgroup>";
  assert.equal(options("b & c", html), html.replace("<option>", "<option selected>"));
});

test("a signal says what its value says", () => {
  assert.equal(booleanAttribute("disabled", signal(false)), "");
  assert.equal(booleanAttribute("disabled", signal(true)), " disabled");
  assert.equal(options(signal("b"), "<option>a</option><option>b</option>"), "<option>a</option><option selected>b</option>");
  assert.equal(String(jsx("input", { checked: signal(false), disabled: signal("") })), "<input>");
});
