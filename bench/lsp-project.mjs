#!/usr/bin/env node
// How long a language server takes for what concerns a whole project, over stdio.
//   node lsp-project.mjs --root PROJECT [--times 5] -- SERVER ARG ...
// The project is one of gen-corpus.mjs in our dialect: all of its routes import `lib/db.ts` and `components/Card.velox`. It opens the
// module and a route, waits until the project is read, and asks `--times` times for: references and a rename of a function that all
// pages import, workspace symbols, what moving the component's file changes, and what moving a folder of routes changes; then it edits
// the module that all import and waits for its own diagnostics, with another body and with another export. Medians in ms, as JSON.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const cut = process.argv.indexOf("--");
const command = process.argv.slice(cut + 1);
const options = process.argv.slice(2, cut);
const arg = (name, otherwise) => {
  const at = options.indexOf("--" + name);
  return at < 0 ? otherwise : options[at + 1];
};
const root = resolve(arg("root"));
const times = +arg("times", 5);
const uri = (path) => pathToFileURL(join(root, path)).href;
const list = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? list(path) : [path];
  });
const routes = list(join(root, "src/routes")).filter((path) => /getPost/.test(readFileSync(path, "utf8")));

const child = spawn(command[0], command.slice(1), { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
let buffer = Buffer.alloc(0);
let next = 0;
const waiting = new Map();
const send = (message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
};
const notify = (method, params) => send({ method, params });
const request = (method, params) =>
  new Promise((done, failed) => {
    waiting.set(++next, { done, failed });
    send({ id: next, method, params });
  });
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = +/content-length: (\d+)/i.exec(buffer.toString("latin1", 0, head))[1];
    if (buffer.length < head + 4 + length) return;
    const message = JSON.parse(buffer.toString("utf8", head + 4, head + 4 + length));
    buffer = buffer.subarray(head + 4 + length);
    if (message.method && message.id !== undefined) send({ id: message.id, result: message.params?.items?.map(() => null) ?? null });
    else if (message.id !== undefined) {
      const { done, failed } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      message.error ? failed?.(Object.assign(new Error(message.error.message), message.error)) : done?.(message.result);
    }
  }
});

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)];
/** Asks again and again; the median, the first and what came, counted by `count`. */
async function timed(method, params, count) {
  const all = [];
  let found;
  for (let nth = 0; nth < times; nth++) {
    const start = performance.now();
    found = await request(method, typeof params === "function" ? params(nth) : params);
    all.push(performance.now() - start);
  }
  return { first: +all[0].toFixed(1), p50: +median(all).toFixed(1), found: count(found) };
}

await request("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  workspaceFolders: [{ uri: pathToFileURL(root).href, name: "bench" }],
  capabilities: {
    general: { positionEncodings: ["utf-16"] },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
    textDocument: { diagnostic: {} },
  },
});
notify("initialized", {});
const files = { "src/lib/db.ts": "typescript", [routes[0].slice(root.length + 1)]: "velox" };
const texts = {};
for (const [path, languageId] of Object.entries(files)) {
  texts[path] = readFileSync(join(root, path), "utf8");
  notify("textDocument/didOpen", { textDocument: { uri: uri(path), languageId, version: 1, text: texts[path] } });
}
for (;;) {
  const status = await request("workspace/executeCommand", { command: "velox.status" });
  if (status.projects.length > 0 && status.projects.every((project) => project.state === "ready")) break;
  await sleep(20);
}
const module = texts["src/lib/db.ts"];
const lines = module.slice(0, module.indexOf("getPost(")).split("\n");
const place = {
  textDocument: { uri: uri("src/lib/db.ts") },
  position: { line: lines.length - 1, character: lines.at(-1).length + 2 },
};
const edited = (edit) => new Set(edit?.documentChanges?.map((change) => change.textDocument?.uri)).size;
const out = { server: arg("name", "velox"), routes: routes.length };
out.references = await timed("textDocument/references", { ...place, context: { includeDeclaration: true } }, (all) => all.length);
out.rename = await timed("textDocument/rename", (nth) => ({ ...place, newName: `loadPost${nth}` }), edited);
out.symbols = await timed("workspace/symbol", (nth) => ({ query: ["post", "route", "getp", "card", "about"][nth % 5] }), (all) => all.length);
const moved = (from, to) => ({ files: [{ oldUri: uri(from), newUri: uri(to) }] });
out.move_component = await timed("workspace/willRenameFiles", moved("src/components/Card.velox", "src/components/ui/Card.velox"), edited);
const folder = routes[0].slice(root.length + 1).split("/").slice(0, 3).join("/");
out.move_folder = await timed("workspace/willRenameFiles", moved(folder, folder + "-moved"), edited);

let version = 1;
const edit = async (text) => {
  const textDocument = { uri: uri("src/lib/db.ts") };
  notify("textDocument/didChange", { textDocument: { ...textDocument, version: ++version }, contentChanges: [{ text }] });
  for (;;) {
    try {
      return await request("textDocument/diagnostic", { textDocument });
    } catch (error) {
      if (![-32800, -32801, -32802].includes(error.code)) throw error;
    }
  }
};
for (const [name, change] of [
  ["edit_body", (nth) => module.replace("readingMinutes: 3.4", `readingMinutes: ${nth}.5`)],
  ["edit_exports", (nth) => module + `export const extra${nth} = ${nth};\n`],
]) {
  const all = [];
  for (let nth = 0; nth < times; nth++) {
    const start = performance.now();
    await edit(change(nth));
    all.push(performance.now() - start);
    await sleep(200);
  }
  out[name] = { first: +all[0].toFixed(1), p50: +median(all).toFixed(1) };
}
console.log(JSON.stringify(out));
await Promise.race([request("shutdown").catch(() => {}), sleep(2000)]);
notify("exit");
child.kill();
process.exit(0);
