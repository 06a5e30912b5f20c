// Renders each template of a folder twice: by its module for the server, and by its module for the browser
// with preact's renderer. Prints a JSON object for each on a line of its own; refuses to judge beyond the
// differences of writing that `written` takes away.
//   node compare.mjs FOLDER
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderToString } from "preact-render-to-string";

const folder = process.argv[2];
const page = "server/routes/index.velox.js";

const load = (at, target) => import(pathToFileURL(join(folder, String(at), target, page)).href);

const given = () => ({
  params: { slug: "tea" },
  url: new URL("https://tea.example/shop?q=1"),
  meta: undefined,
  slots: {},
  setMeta(meta) {
    this.meta = meta;
  },
  fill(name, content) {
    this.slots[name] = content;
  },
});

async function server(at) {
  const view = given();
  const template = await (await load(at, "server")).default({}, {}, view);
  const html = typeof template === "function" ? await template() : template;
  const slots = {};
  for (const [name, content] of Object.entries(view.slots)) slots[name] = typeof content === "function" ? await content() : content;
  return { html, meta: view.meta, slots };
}

async function client(at) {
  const props = given();
  const template = await (await load(at, "client")).default(props);
  const vnode = typeof template === "function" ? await template() : template;
  const slots = Object.entries(props.slots).map(([name, content]) => [name, renderToString(content)]);
  return { html: renderToString(vnode), meta: props.meta, slots: Object.fromEntries(slots) };
}

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "\u00a9", hellip: "\u2026" };

// References that one renderer writes and the other writes as characters.
const decoded = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (NAMED[name] ?? all),
  );

// Spaces and the last semicolon of declarations.
const declarations = (css) => css.split(";").map((part) => part.replace(/^([^:]*):\s*/, "$1: ").trim()).filter(Boolean).join("; ");

const TAG = /<(\/?)([A-Za-z][^\s/>]*)((?:\s+[^\s=>/"]+(?:="[^"]*")?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s=>/"]+)(?:="([^"]*)")?/g;

// What the browser's parser does to the server's HTML before anything sees it, and what leaves no vnode.
const parsed = (html) =>
  html
    .replace(/\r\n?/g, "\n")
    .replace(/<!--[\s\S]*?-->|<!DOCTYPE html>/g, "")
    .replace(/(<(?:pre|textarea)\b[^>]*>)\n/g, "$1");

/** HTML without the differences that mean nothing: a list of tags and texts. */
function written(source) {
  const parts = [];
  const text = (piece) => {
    if (piece !== "") parts.push(decoded(piece));
  };
  let done = 0;
  for (const match of source.matchAll(TAG)) {
    text(source.slice(done, match.index));
    done = match.index + match[0].length;
    const [, end, name, list] = match;
    const attributes = [...list.matchAll(ATTRIBUTE)].map(([, key, value = ""]) => {
      const plain = decoded(value);
      // A static handler is set as an attribute, under a name that preact does not take for a listener's.
      const lower = /^ON/.test(key) ? key.toLowerCase() : key;
      return `${lower}=${JSON.stringify(lower === "style" ? declarations(plain) : plain)}`;
    });
    parts.push(`<${end}${[name, ...attributes.sort()].join(" ")}>`);
  }
  text(source.slice(done));
  return parts;
}

const normal = ({ html, meta, slots }, read) => ({
  html: written(read(html)),
  meta,
  slots: Object.fromEntries(Object.entries(slots).map(([name, html]) => [name, written(read(html))])),
});

for (let at = 0; existsSync(join(folder, String(at))); at++) {
  const line = { at };
  for (const [target, render, read] of [["server", server, parsed], ["client", client, (html) => html]]) {
    try {
      const rendered = await render(at);
      line[target] = normal(rendered, read);
      line[target + "Html"] = rendered.html;
    } catch (error) {
      line[target + "Error"] = error?.stack ?? String(error);
    }
  }
  console.log(JSON.stringify(line));
}
