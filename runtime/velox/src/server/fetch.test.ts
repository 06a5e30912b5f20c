// Server fetch (X1, FET-1 to FET-7, SSG-6), against this process and against a real server on a socket.

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { text } from "../internal.js";
import { app, bodyOf, client, endpoint, page } from "../testing/app.js";
import { SHARED_BODY_LIMIT } from "./fetch-memo.js";
import { fetch, redirect, useRequest } from "./index.js";

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const calls: { url: string; headers: IncomingMessage["headers"]; method: string; aborted: boolean }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => void response.end("ok");
let server: Server;
let other: Server;
let origin = "";
let otherOrigin = "";

before(async () => {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const call = { url: request.url!, headers: request.headers, method: request.method!, aborted: false };
    calls.push(call);
    response.once("close", () => (call.aborted = !response.writableFinished));
    answer(request, response);
  };
  server = createServer(listener);
  other = createServer(listener);
  await Promise.all([server, other].map((one) => new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve))));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  otherOrigin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

after(() => {
  for (const one of [server, other]) {
    one.closeAllConnections();
    one.close();
  }
});

/** Runs in a page and gives what it returned as JSON. */
async function inPage<T>(run: () => Promise<T>, settings: { headers?: HeadersInit; routes?: Parameters<typeof app>[0]; signal?: AbortSignal } = {}): Promise<T> {
  calls.length = 0;
  let result: { value: T } | { error: unknown } | null = null;
  const block = async () => {
    try {
      result = { value: await run() };
    } catch (error) {
      result = { error };
    }
    return "";
  };
  const { handler } = client(app([page("/", block), ...(settings.routes ?? [])]));
  await handler(new Request("http://localhost/", { headers: settings.headers ?? {}, signal: settings.signal ?? null }));
  const got = result as unknown as { value: T } | { error: unknown };
  if ("error" in got) throw got.error;
  return got.value;
}

test("X1 a module that is shared with the browser may fetch a path of the application by the global name", async () => {
  const routes = [endpoint("/api/teas", { GET: () => Response.json(["Sencha"]) })];
  const global = (input: string): Promise<Response> => globalThis.fetch(input);
  assert.deepEqual(await inPage(async () => (await global("/api/teas")).json(), { routes }), ["Sencha"]);
  for (const url of ["//evil.example/a", "/\\evil.example", "api/teas", ""]) await assert.rejects(inPage(() => global(url)), /Invalid URL|Failed to parse URL/);
  await assert.rejects(global("/api/teas"), /Invalid URL|Failed to parse URL/);
  assert.deepEqual(calls, []);
});

test("FET-1 a relative URL runs the own route in this process", async () => {
  const routes = [endpoint("/api/x", { GET: (request: Request) => ({ url: request.url }), POST: async (request: Request) => ({ got: await request.text() }) })];
  const got = await inPage(async () => {
    const response = await fetch("/api/x?a=1");
    return [await response.json(), response.url, response.redirected, await (await fetch("/api/x", { method: "POST", body: "b" })).json(), (await fetch("/nothing")).status];
  }, { routes });
  assert.deepEqual(got, [{ url: "http://localhost/api/x?a=1" }, "http://localhost/api/x?a=1", false, { got: "b" }, 404]);
  assert.equal(calls.length, 0);
});

test("FET-1 nesting ends with an error that names the chain", async () => {
  const routes = [endpoint("/api/x", { GET: async () => (await fetch("/api/x")).text() })];
  const { get, logged } = client(app(routes));
  assert.equal((await get("/api/x")).status, 200);
  assert.match(String(logged[0]!.error), /nests deeper than 5: GET \/api\/x > GET \/api\/x/);
});

test("FET-2 FET-3 equal fetches of one rendering share one request; each reads its own body", async () => {
  answer = (_, response) => void setTimeout(() => response.end("body"), 5);
  const bodies = await inPage(async () => {
    const all = await Promise.all([fetch(origin + "/a"), fetch(origin + "/a#frag"), fetch(new URL(origin + "/a")), fetch(new Request(origin + "/a"))]);
    const texts = await Promise.all(all.map((response) => response.text()));
    return [...texts, await (await fetch(origin + "/a")).text()];
  });
  assert.deepEqual(bodies, ["body", "body", "body", "body", "body"]);
  // A Request object carries its own defaults for cache and credentials.
  assert.ok(calls.length <= 2, String(calls.length));
});

test("FET-2 what differs is not shared, nor anything with a body", async () => {
  answer = (_, response) => void response.end("x");
  await inPage(() => Promise.all([
    fetch(origin + "/a"), fetch(origin + "/b"), fetch(origin + "/a", { headers: { "x-a": "1" } }), fetch(origin + "/a", { cache: "no-store" }),
    fetch(origin + "/a", { method: "HEAD" }), fetch(origin + "/a", { method: "POST", body: "1" }), fetch(origin + "/a", { method: "POST", body: "1" }),
    fetch(origin + "/a", { redirect: "manual" }), fetch(origin + "/a", { credentials: "omit" }), fetch(origin + "/a", { next: { tags: ["a"] } }), fetch(origin + "/a", { next: { tags: ["b"] } }),
  ]));
  assert.equal(calls.length, 11);
});

test("FET-2 two requests never share", async () => {
  answer = (_, response) => void setTimeout(() => response.end("x"), 5);
  calls.length = 0;
  const { get } = client(app([page("/", async () => text(await (await fetch(origin + "/a")).text()))]));
  await Promise.all([get("/"), get("/")]);
  assert.equal(calls.length, 2);
});

test("FET-3 a failure reaches all callers and is forgotten", async () => {
  let broken = true;
  answer = (request, response) => void (broken ? request.socket.destroy() : response.end("ok"));
  const got = await inPage(async () => {
    const first = await Promise.allSettled([fetch(origin + "/a"), fetch(origin + "/a")]);
    broken = false;
    return [...first.map((one) => one.status), await (await fetch(origin + "/a")).text()];
  });
  assert.deepEqual(got, ["rejected", "rejected", "ok"]);
});

test("FET-3 a body above 8 MiB is not shared, but arrives", async () => {
  const big = Buffer.alloc(SHARED_BODY_LIMIT + 1024, 97);
  answer = (_, response) => void response.end(big);
  const got = await inPage(async () => {
    const [a, b] = await Promise.all([fetch(origin + "/big"), fetch(origin + "/big")]);
    const lengths = await Promise.all([a.text(), b.text()].map(async (body) => (await body).length));
    await (await fetch(origin + "/big")).body!.cancel();
    return lengths;
  });
  assert.deepEqual(got, [big.length, big.length]);
  assert.equal(calls.length, 2);
});

test("FET-4 one caller's abort leaves the others; the last one's ends the wire request", async () => {
  answer = (_, response) => void setTimeout(() => response.end("ok"), 40);
  const got = await inPage(async () => {
    const first = new AbortController();
    const one = fetch(origin + "/a", { signal: first.signal });
    const two = fetch(origin + "/a");
    setTimeout(() => first.abort(new Error("mine")), 5);
    return [await one.catch((error: Error) => error.message), await (await two).text()];
  });
  assert.deepEqual(got, ["mine", "ok"]);
  assert.equal(calls.length, 1);
  answer = () => {};
  await inPage(async () => {
    const only = new AbortController();
    setTimeout(() => only.abort(), 10);
    await fetch(origin + "/a", { signal: only.signal }).catch(() => {});
    await later(20);
  });
  assert.equal(calls[0]!.aborted, true);
});

test("FET-5 cookies and authorization go to the same origin only", async () => {
  answer = (_, response) => void response.end("x");
  const seen = await inPage(
    async () => {
      await fetch(origin + "/a");
      const own = await (await fetch("/api")).json();
      const omitted = await (await fetch("/api", { credentials: "omit" })).json();
      return [own, omitted];
    },
    { headers: { cookie: "s=1", authorization: "Bearer t" }, routes: [endpoint("/api", { GET: (request: Request) => [request.headers.get("cookie"), request.headers.get("authorization")] })] },
  );
  assert.deepEqual(seen, [["s=1", "Bearer t"], [null, null]]);
  assert.equal(calls[0]!.headers.cookie, undefined);
  assert.equal(calls[0]!.headers.authorization, undefined);
});

test("FET-5 a page for everybody sends nothing of its visitor, to its own site either", async () => {
  const api = endpoint("/api", { GET: (request: Request) => [request.headers.get("cookie"), request.headers.get("authorization")] });
  const own = page("/p", async () => text(await (await fetch("/api")).text()), { mode: "isr", revalidate: 10 });
  const { get } = client(app([api, own], { site: "https://s.example" }));
  assert.match((await get("/p", { cookie: "s=1", authorization: "Bearer t" })).text, /\[null,null\]/);
});

test("FET-5 case 25: a redirect to another origin loses authorization and cookie; five redirects at most", async () => {
  answer = (request, response) => {
    if (request.url === "/a") response.writeHead(302, { location: otherOrigin + "/b" }).end();
    else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (request.url === "/file") response.writeHead(302, { location: "file:///etc/passwd" }).end();
    else response.end("ok");
  };
  const got = await inPage(async () => {
    const response = await fetch(origin + "/a", { headers: { authorization: "Bearer t", cookie: "c=1", "x-keep": "1" } });
    const looped = await fetch(origin + "/loop").catch((error: Error) => error.message);
    const file = await fetch(origin + "/file").catch((error: Error) => error.message);
    const manual = await fetch(origin + "/a", { redirect: "manual" });
    return [await response.text(), response.url, response.redirected, looped, file, manual.status];
  });
  assert.deepEqual(got, ["ok", otherOrigin + "/b", true, `fetch of ${origin}/loop was redirected more than 5 times`, `fetch of ${origin}/file was redirected to file:`, 302]);
  const [first, second] = calls;
  assert.equal(first!.headers.authorization, "Bearer t");
  assert.equal(second!.headers.authorization, undefined);
  assert.equal(second!.headers.cookie, undefined);
  assert.equal(second!.headers["x-keep"], "1");
  assert.equal(calls.filter((call) => call.url === "/loop").length, 6);
});

test("FET-5 a request that takes too long is given up", async () => {
  answer = () => {};
  await assert.rejects(inPage(() => fetch(origin + "/slow", { timeout: 20 })), /took longer than 20 ms/);
});

test("FET-5 where nothing is said a request is given up after 30 seconds", async (t) => {
  answer = () => {};
  const real = setTimeout;
  const asked: number[] = [];
  // What is set for 30 seconds comes at once.
  t.mock.method(globalThis, "setTimeout", (run: () => void, ms = 0) => { asked.push(ms); return real(run, ms === 30_000 ? 5 : ms); });
  await assert.rejects(inPage(() => fetch(origin + "/slow")), /took longer than 30000 ms/);
  assert.ok(asked.includes(30_000));
});

test("FET-7 fetches of a page end with its visitor", async () => {
  answer = () => {};
  const visitor = new AbortController();
  setTimeout(() => visitor.abort(new Error("gone")), 15);
  await assert.rejects(inPage(() => fetch(origin + "/a"), { signal: visitor.signal }), /gone|abort/i);
  await later(10);
  assert.equal(calls[0]!.aborted, true);
});

test("X1 tags are recorded on the page, in bounds", async () => {
  answer = (_, response) => void response.end("x");
  await inPage(() => fetch(origin, { next: { tags: ["a", "with, comma", "ü".repeat(128)], revalidate: 5 } }));
  for (const tags of [[""], ["x".repeat(257)], [7 as unknown as string], Array.from({ length: 129 }, (_, i) => `t${i}`)]) {
    await assert.rejects(inPage(() => fetch(origin, { next: { tags } })), /tag/);
  }
  await assert.rejects(inPage(() => fetch(origin, { next: { revalidate: 0 } })), /next\.revalidate/);
});

test("SSG-6 a relative fetch of a shared page needs a site, and then runs in process", async () => {
  const routes = (mode: "isr") => [
    page("/p", async () => text(await (await fetch("/api")).text()), { mode, revalidate: 60 }),
    endpoint("/api", { GET: (request: Request) => request.url }),
  ];
  const without = client(app(routes("isr")));
  assert.equal((await without.get("/p")).status, 500);
  assert.match(String(without.logged[0]!.error), /routes\/p\.velox: fetch\("\/api"\).*set `site`/);
  const sited = client(app(routes("isr"), { site: "https://s.example" }));
  assert.equal(bodyOf((await sited.get("/p", { cookie: "s=1" })).text), "https://s.example/api");
});

test("outside of a request a relative URL is an error, and an absolute one is plain fetch", async () => {
  answer = (_, response) => void response.end("plain");
  await assert.rejects(fetch("/a"), /relative URL/);
  assert.equal(await (await fetch(origin)).text(), "plain");
});

test("redirect(): targets on this site pass, others need to be asked for", async () => {
  const location = (to: string) => redirect(to).location;
  assert.equal(location("/a?b#c"), "/a?b#c");
  assert.equal(location("a/b"), "a/b");
  assert.equal(redirect("https://x.example/", { external: true }).location, "https://x.example/");
  assert.throws(() => redirect("https://x.example/"), /leads off this site/);
  const inside = await inPage(async () => { useRequest(); return redirect("http://localhost/x").location; });
  assert.equal(inside, "http://localhost/x");
});
