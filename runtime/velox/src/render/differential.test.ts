// The string renderer beside preact's own: trees that are generated from a seed are rendered by both, and read back by a
// small parser, so that spelling (quotes, references, `<br/>`) does not count.
//
// What is meant to differ is left out of the trees, each for a reason:
//   - event handlers as strings, `dangerouslySetInnerHTML` and names that are no attribute names: dropped here (ESC-3)
//   - URLs with a scheme that runs code: `about:invalid#velox` here (ESC-2)
//   - `class` as an array or object, promises, iterables that are no arrays: preact's renderer knows none of them (T2, T4)
//   - `style` with numbers: preact adds `px` or not by the property's name; here no unit is ever added (T4)
//   - `value` of `select` and `textarea`, `selected` by it: properties of the DOM to preact, attributes here
//   - JSX spellings of SVG attributes (`strokeWidth`): markup has HTML's names here (T4)
//   - a line break that comes first in `<pre>` or `<textarea>`: HTML's parser drops it, and only here is it kept (T13)
//   - a child that is an object of no known kind: nothing to preact, `String(x)` here (T2)

import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragment as PreactFragment, h } from "preact";
import { renderToString } from "preact-render-to-string";
import { Fragment, jsx } from "../jsx/runtime.js";
import { text } from "./text.js";

type Child = Tree | string | number | bigint | boolean | null | undefined | Child[];

interface Tree {
  readonly type: string | "fragment" | ComponentName;
  readonly props: Record<string, unknown>;
  readonly children: Child[];
}

type ComponentName = keyof typeof COMPONENTS;

/** Components over any way to make elements. */
const COMPONENTS = {
  Card: (make: Make, props: Record<string, unknown>) =>
    make("section", { class: "card", title: props["title"] }, [make("h2", {}, [props["title"]]), props["children"]]),
  Pass: (_make: Make, props: Record<string, unknown>) => props["children"],
  List: (make: Make, props: Record<string, unknown>) => make("ul", {}, [0, 1].map((at) => make("li", { key: at }, [at, props["title"], false]))),
  Nothing: () => null,
  Words: (_make: Make, props: Record<string, unknown>) => ["<", props["title"], 1, null, true, "&"],
};

type Make = (type: string, props: Record<string, unknown>, children: unknown[]) => unknown;

/** Numbers from a seed, the same on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TEXTS = ["", "a", "<b>", "a & b", "&amp;", '"', "'", "</p>", "<!--", "-->", "  two  spaces ", "é ☃ 𝒳", "{x}", "\n", "a\u00a0b"];
const UNBROKEN = TEXTS.filter((one) => one !== "" && one !== "\n");
const BLOCKS = ["div", "section", "article", "p", "ul", "em", "my-card", "table", "details"];
const VOIDS = ["br", "hr", "img", "input", "wbr"];
const SVG = ["g", "circle", "path", "text", "linearGradient", "foreignObject"];
const HTML_ATTRIBUTES: readonly (readonly [string, readonly unknown[]])[] = [
  ["id", [...TEXTS, 0, 1.5, -0, 10n, null, undefined, false]], ["title", TEXTS], ["class", TEXTS], ["className", TEXTS], ["lang", ["en", null]],
  ["hidden", [true, false, null, undefined]], ["inert", [true, false]], ["tabindex", [0, -1, "1"]], ["data-x", [...TEXTS, true, false, 0, null]],
  ["aria-hidden", [true, false, "true", null]], ["aria-label", TEXTS], ["draggable", [true, false]], ["role", ["note", undefined]],
  ["style", ["color: red", { color: "red", "background-color": "blue" }, { "--x": "a", color: null, margin: undefined }, {}]],
  ["onClick", [() => 1]], ["key", ["a", 1]], ["ref", [() => {}]],
];
const VOID_ATTRIBUTES: typeof HTML_ATTRIBUTES = [
  ["alt", TEXTS], ["src", ["/a?b=1&c", "https://x.example/", ""]], ["disabled", [true, false]], ["checked", [true, false]], ["width", [1, "2"]],
  ["name", TEXTS], ["value", ["", "a<b", 0, null]], ["required", [true, false, null]],
];
const SVG_ATTRIBUTES: typeof HTML_ATTRIBUTES = [
  ["viewBox", ["0 0 1 1"]], ["fill", ["red", "url(#a)", null]], ["stroke-width", [1, "2"]], ["d", ["M0 0L1 1"]], ["gradientUnits", ["userSpaceOnUse"]],
];

function generate(next: (below: number) => number): Child {
  const pick = <T>(from: readonly T[]): T => from[next(from.length)]!;
  const attributes = (...from: (typeof HTML_ATTRIBUTES)[]): Record<string, unknown> => {
    const all = from.flat();
    const props: Record<string, unknown> = {};
    for (let i = next(5); i > 0; i--) {
      const [name, values] = pick(all);
      // One element has one class.
      if ((name === "class" && "className" in props) || (name === "className" && "class" in props)) continue;
      props[name] = pick(values);
    }
    return props;
  };
  const children = (depth: number, svg: boolean): Child[] => Array.from({ length: next(4) }, () => child(depth - 1, svg));
  const child = (depth: number, svg: boolean): Child => {
    if (depth <= 0 || next(3) === 0) return pick<Child>([...TEXTS, 0, -0, 1.5, 10n, NaN, true, false, null, undefined]);
    switch (next(svg ? 4 : 9)) {
      case 0:
        return children(depth, svg);
      case 1:
        return { type: "fragment", props: {}, children: children(depth, svg) };
      case 2:
        return { type: pick(Object.keys(COMPONENTS)), props: { title: pick(TEXTS) }, children: children(depth, false) };
      case 3:
        if (svg) return { type: pick(SVG), props: attributes(HTML_ATTRIBUTES, SVG_ATTRIBUTES), children: children(depth, true) };
        return { type: "svg", props: attributes(SVG_ATTRIBUTES), children: children(depth, true) };
      case 4:
        return { type: pick(VOIDS), props: attributes(HTML_ATTRIBUTES, VOID_ATTRIBUTES), children: [] };
      case 5:
        return { type: pick(["pre", "textarea"]), props: attributes(HTML_ATTRIBUTES), children: [pick(UNBROKEN), pick(TEXTS)] };
      default:
        return { type: pick(BLOCKS), props: attributes(HTML_ATTRIBUTES), children: children(depth, false) };
    }
  };
  return { type: "div", props: attributes(HTML_ATTRIBUTES), children: [child(6, false), child(6, false), child(6, false)] };
}

function build(tree: Child, make: Make, fragment: unknown): unknown {
  if (Array.isArray(tree)) return tree.map((item) => build(item, make, fragment));
  if (typeof tree !== "object" || tree === null) return tree;
  const children = tree.children.map((item) => build(item, make, fragment));
  return make((tree.type === "fragment" ? fragment : tree.type) as string, tree.props, children);
}

const ours: Make = (type, props, children) => {
  const given = children.length === 0 ? props : { ...props, children: children.length === 1 ? children[0] : children };
  const { key, ...rest } = given;
  return jsx(oursOf.get(type) ?? type, rest, key);
};
const preacts: Make = (type, props, children) => h((preactsOf.get(type) ?? type) as never, props as never, ...(children as never[]));
const names = Object.keys(COMPONENTS) as ComponentName[];
const oursOf = new Map<string, unknown>(names.map((name) => [name, (props: Record<string, unknown>) => COMPONENTS[name](ours, props)]));
const preactsOf = new Map<string, unknown>(names.map((name) => [name, (props: Record<string, unknown>) => COMPONENTS[name](preacts, props)]));

/** HTML as nested arrays, attributes by name, references read, text joined. */
function read(html: string): unknown {
  const root: unknown[] = [];
  const open: unknown[][] = [root];
  const push = (value: string): void => {
    const inside = open[open.length - 1]!;
    const last = inside.length - 1;
    if (value === "") return;
    if (typeof inside[last] === "string" && last >= (inside === root ? 0 : 2)) inside[last] = (inside[last] as string) + value;
    else inside.push(value);
  };
  const token = /<\/([\w-]+)>|<([\w-]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g;
  let at = 0;
  for (let match = token.exec(html); match !== null; match = token.exec(html)) {
    assert.equal(match.index, at, `not understood: ${html.slice(at, at + 40)}`);
    at = token.lastIndex;
    const [, close, name, attributes, , plain] = match;
    if (plain !== undefined) push(unescape(plain));
    else if (close !== undefined) assert.equal(open.pop()![0], close);
    else {
      const node: unknown[] = [name, attributesOf(attributes ?? "")];
      open[open.length - 1]!.push(node);
      if (!VOIDS.includes(name!)) open.push(node);
      // The parser drops a line break right behind these.
      if ((name === "pre" || name === "textarea") && html[at] === "\n") token.lastIndex = ++at;
    }
  }
  assert.equal(at, html.length, `not understood: ${html.slice(at, at + 40)}`);
  assert.equal(open.length, 1);
  return root;
}

function attributesOf(source: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [, name, value] of source.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)) {
    const read = unescape(value ?? "");
    out[name!] = name === "style" ? read.split(";").map((part) => part.replace(/\s+/g, "")).filter(Boolean).join(";") : read;
  }
  // An attribute that says nothing.
  for (const name of ["style", "class"]) if (out[name] === "") delete out[name];
  return Object.fromEntries(Object.entries(out).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unescape(source: string): string {
  return source.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'" })[name]!);
}

const SEEDS = Number(process.env["VELOX_TREES"] ?? 2000);

test("components give the document that preact's string renderer gives", () => {
  let elements = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const tree = generate(random(seed));
    const left = text(build(tree, ours, Fragment));
    const right = renderToString(build(tree, preacts, PreactFragment) as never);
    elements += left.split("<").length;
    assert.deepEqual(read(left), read(right), `seed ${seed}: ${JSON.stringify(tree, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))}`);
  }
  // The trees are no empty ones.
  assert.ok(elements > SEEDS * 5, String(elements));
});

test("the same tree gives the same text, and rendering changes nothing of it", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const tree = build(generate(random(seed)), ours, Fragment);
    const first = text(tree);
    assert.equal(text(tree), first);
    assert.equal(text(tree), first);
  }
});
