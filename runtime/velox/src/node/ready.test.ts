// Pages that lie in memory are answered at once (ISR-1): that way and the long one, which a site with middleware goes, give
// the same for every request. And what has to be asked, made or waited for goes the long way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../cache/memory.js";
import { text } from "../internal.js";
import type { App } from "../server/app.js";
import { revalidatePath, revalidateTag } from "../server/index.js";
import { app, endpoint, page } from "../testing/app.js";
import { exchange, parse, serverOf } from "../testing/socket.js";

const SHOWN = /^(?!date:|connection:|keep-alive:)/i;

async function sites(settings: Partial<App> = {}) {
  const clock = { now: 1_700_000_000_000 };
  const files = {
    "static/s.html": "<p>static</p>", "static/_velox/a.1.css": "a{}", "static/p.txt": "file",
    "server/pages.json": JSON.stringify({ version: 1, pages: { "/s": { route: "s", file: "static/s.html", tags: [], revalidate: false } } }),
  };
  const make = (middleware: App["middleware"]) => {
    const state = { renders: 0 };
    const isr = { mode: "isr", revalidate: 10 } as const;
    const routes = [
      page("/p", () => text(`isr ${++state.renders}`), isr), page("/q/:x", () => text("param"), isr), page("/s", () => "", { mode: "ssg" }),
      page("/*rest", () => text("rest"), isr), page("/ssr", () => text("ssr")),
      endpoint("/tag", { POST: async () => { await revalidateTag("t"); return "done"; } }),
    ];
    return serverOf(app(routes, { middleware, ...settings }), files, { store: new MemoryStore({ clock: () => clock.now }) }).then((server) => ({ ...server, state }));
  };
  const quick = await make(null);
  const long = await make(async () => ({ default: (_request: Request, next: () => Promise<Response>) => next() }));
  const get = async ({ port }: { port: number }, line: string, headers = "host: localhost\r\n") => {
    const { status, head, body } = parse(await exchange(port, `${line} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`));
    const lines = head.split("\r\n").slice(1).filter((one) => SHOWN.test(one)).map((one) => one.replace(/^[^:]+/, (name) => name.toLowerCase()));
    return { status, lines: lines.sort(), body };
  };
  return { clock, quick, long, get, stop: async () => { await quick.stop(); await long.stop(); } };
}

const CONDITIONS = ["", 'if-none-match: "other"\r\n', "if-none-match: *\r\n", "if-none-match: garbage\r\n"];

for (const [name, settings] of [["as it comes", {}], ["with a shared cache in front", { cache: { cdn: true } }], ["with slashes at the end", { trailingSlash: "always" }]] as [string, Partial<App>][]) {
  test(`ISR-1 ISR-11 ISR-12: an answer at once is the answer of the long way, ${name}`, async () => {
    const { clock, quick, long, get, stop } = await sites(settings);
    try {
      for (const path of ["/p", "/p?x=1", "/%70", "/q/a%20b", "/q/", "/p/", "//p", "/s", "/s?x", "/ssr", "/p.txt", "/_velox/a.1.css", "/_velox/none.css", "/other", "/a/%00", "/"]) {
        for (const line of [`GET ${path}`, `HEAD ${path}`, `POST ${path}`]) {
          for (const condition of CONDITIONS) {
            for (let time = 0; time < 2; time++) {
              const headers = `host: localhost\r\ncontent-type: application/json\r\ncontent-length: 0\r\n${condition}`;
              assert.deepEqual(await get(quick, line, headers), await get(long, line, headers), `${line} ${condition}`);
            }
          }
        }
      }
      const kept = settings.trailingSlash === "always" ? "GET /p/" : "GET /p";
      for (const seconds of [3, 3, 3, 3]) {
        clock.now += seconds * 1000;
        const [a, b] = [await get(quick, kept), await get(long, kept)];
        assert.deepEqual(a, b);
        assert.ok(a.lines.some((line) => line.startsWith("age: ")));
      }
      assert.deepEqual(await get(quick, kept, "host: evil.example\r\n"), await get(long, kept, "host: evil.example\r\n"));
      const etag = (await get(quick, kept)).lines.find((line) => line.startsWith("etag: "))!.slice(6);
      const unchanged = await get(quick, kept, `host: localhost\r\nif-none-match: ${etag}\r\n`);
      assert.deepEqual([unchanged.status, unchanged.body], [304, ""]);
    } finally {
      await stop();
    }
  });
}

test("ISR-1: a page that lies in memory is no answer any more once it is too old or revalidated", async () => {
  const { clock, quick, get, stop } = await sites();
  const shown = async () => { const { body, lines } = await get(quick, "GET /p"); return [/isr \d+/.exec(body)![0], lines.find((line) => line.startsWith("x-velox-cache"))!.slice(15)]; };
  try {
    assert.deepEqual([await shown(), await shown()], [["isr 1", "MISS"], ["isr 1", "HIT"]]);
    clock.now += 10_000;
    assert.deepEqual(await shown(), ["isr 1", "STALE"]);
    while (quick.state.renders < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    assert.deepEqual(await shown(), ["isr 2", "HIT"]);
    await revalidatePath("/p");
    assert.deepEqual([await shown(), await shown()], [["isr 3", "MISS"], ["isr 3", "HIT"]]);
    assert.equal(quick.state.renders, 3);
  } finally {
    await stop();
  }
});

test("middleware runs before a page that lies in memory", async () => {
  const seen: string[] = [];
  const middleware = async () => ({ default: async (request: Request, next: () => Promise<Response>) => { seen.push(new URL(request.url).pathname); return next(); } });
  const server = await serverOf(app([page("/p", () => text("p"), { mode: "isr", revalidate: 10 })], { middleware }));
  try {
    for (let i = 0; i < 3; i++) await (await fetch(server.url + "/p")).text();
    assert.deepEqual(seen, ["/p", "/p", "/p"]);
  } finally {
    await server.stop();
  }
});
