// The project's `.env` files (P4): which of them, in which order, for the server and the prerenderer.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readFile, rename, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf } from "../testing/socket.js";
import { loadEnvironment, projectOf } from "./environment.js";

const SERVE = new URL("index.js", import.meta.url).href;
const PRERENDER = new URL("../prerender/main.js", import.meta.url).pathname;
const NAMES = ["ONE", "TWO", "THREE", "FOUR"];

// A page and a middleware that read the environment when their modules are loaded, as most code does.
const APP = `
  const segment = (value) => [{ kind: "static", value }];
  const page = (id, mode, load) => ({ id, pattern: "/" + id, file: "routes/" + id + ".velox", kind: "page", mode, segments: segment(id), load, layouts: [], errors: [], styles: [], prerender: mode === "ssg" });
  export default { version: 1, build: "x", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1024, errors: [],
    middleware: () => import("./middleware.js"), routes: [page("p", "ssr", () => import("./page.js")), page("s", "ssg", () => import("./page.js"))] };`;
const READS = `const seen = ${JSON.stringify(NAMES)}.map((name) => process.env[name] ?? "-").join(" ");`;
const OUTPUT = {
  "package.json": '{"type":"module"}',
  "server/app.js": APP,
  "server/page.js": `${READS}\nexport default () => seen;`,
  "server/middleware.js": `${READS}\nexport default async (request, next) => { const response = await next(); response.headers.set("x-seen", seen); return response; };`,
  "server.js": `
    import { serve } from ${JSON.stringify(SERVE)};
    import app from "./server/app.js";
    const server = await serve(app, { root: new URL(".", import.meta.url), port: 0, host: "127.0.0.1", announce: false });
    const got = await fetch(server.url + "/p");
    console.log(/<body>(.*)<.body>/.exec(await got.text())[1] + "|" + got.headers.get("x-seen"));
    process.exit(0);`,
};
const FILES = {
  ".env": "ONE=env\nTWO=env\nTHREE=env\nFOUR=env\n",
  ".env.local": "TWO=local\nTHREE=local\nFOUR=local\n",
  ".env.production": "THREE=production\nFOUR=production\n",
  ".env.development": "ONE=development\nFOUR=development\n",
};

function projectWith(files: Record<string, string>) {
  const output = Object.entries(OUTPUT).map(([name, text]) => [`.velox/output/${name}`, text]);
  return folderOf({ ...files, ...Object.fromEntries(output) });
}

function run(script: string, args: string[], cwd: string, env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [script, ...args], { cwd, encoding: "utf8", timeout: 20_000, env: { PATH: process.env["PATH"], ...env } });
}

test("P4 the server loads .env, .env.local and .env.production before any route; the process wins", async () => {
  const project = await projectWith(FILES);
  const elsewhere = await folderOf({ ".env": "ONE=wrong\n" });
  try {
    const server = run(join(project.path, ".velox/output/server.js"), [], elsewhere.path, { FOUR: "process" });
    assert.equal(server.stdout, "env local production process|env local production process\n", server.stderr);
    assert.equal(server.stderr, "");
  } finally {
    await project.remove();
    await elsewhere.remove();
  }
});

test("P4 an empty variable of the process is one that it has", async () => {
  const target: NodeJS.ProcessEnv = { ONE: "" };
  const folder = await folderOf({ ".env": "\uFEFFTWO=2\nONE=1\nno assignment\n" });
  loadEnvironment(folder.path, false, target);
  assert.deepEqual(target, { ONE: "", TWO: "2" });
  await folder.remove();
});

test("P4 in development .env.development takes the place of .env.production", async () => {
  const target: NodeJS.ProcessEnv = {};
  const folder = await folderOf(FILES);
  loadEnvironment(folder.path, true, target);
  assert.deepEqual(target, { ONE: "development", TWO: "local", THREE: "local", FOUR: "development" });
  await folder.remove();
});

test("P4 a server that was moved away from its project reads the files of the current folder", async () => {
  const project = await projectWith(FILES);
  const moved = await folderOf({ ".env": "ONE=moved\n" });
  try {
    await mkdir(join(moved.path, "app"));
    await rename(join(project.path, ".velox/output"), join(moved.path, "app/site"));
    const server = run(join(moved.path, "app/site/server.js"), [], moved.path);
    assert.equal(server.stdout, "moved - - -|moved - - -\n", server.stderr);
    assert.equal(projectOf(join(project.path, ".velox/output")), project.path);
  } finally {
    await project.remove();
    await moved.remove();
  }
});

test("P4 the prerenderer loads the same files before any route", async () => {
  const project = await projectWith(FILES);
  try {
    const { stdout, stderr, status } = run(PRERENDER, [join(project.path, ".velox/output")], "/", { FOUR: "process" });
    assert.equal(status, 0, stdout + stderr);
    assert.match(await readFile(join(project.path, ".velox/output/static/s.html"), "utf8"), /<body>env local production process<\/body>/);
    assert.equal(stderr, "");
  } finally {
    await project.remove();
  }
});

test("P4 a file that cannot be read is named, a folder of its name is passed over", async () => {
  const project = await projectWith({ ".env/bin/python": "", ".env.local": "TWO=secret\n" });
  try {
    const server = (): ReturnType<typeof run> => run(join(project.path, ".velox/output/server.js"), [], "/");
    assert.equal(server().stdout, "- secret - -|- secret - -\n", server().stderr);
    // A link to itself is there, and nobody can read it.
    await unlink(join(project.path, ".env.local"));
    await symlink(".env.local", join(project.path, ".env.local"));
    const refused = server();
    assert.deepEqual([refused.status, refused.stderr], [1, `velox: ${join(project.path, ".env.local")} cannot be read: ELOOP\n`]);
  } finally {
    await project.remove();
  }
});
