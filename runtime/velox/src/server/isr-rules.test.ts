// Rules of ISR pages that are numbers and lists (ISR-3 to ISR-5, ISR-7, ISR-11, ISR-12, ISR-15, INV-6, SSG-3): each as it is
// written, by a clock of the test.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "../cache/keys.js";
import { MemoryStore } from "../cache/memory.js";
import { text, type View } from "../internal.js";
import { app, client, endpoint, page } from "../testing/app.js";
import { later, siteOf, until } from "../testing/store-suite.js";
import { fetch, notFound, HttpError } from "./index.js";

const keys = new Keys("velox", "test");

function timed() {
  const clock = { now: 1_700_000_000_000 };
  return { clock, store: new MemoryStore({ clock: () => clock.now }) };
}

test("ISR-3 tries come after min(R, 30 s), then after twice the time with jitter, five minutes at most; each failure is logged once with its digest", async () => {
  for (const [revalidate, first] of [[1, 1], [10, 10], [3600, 30], [false, 30]] as const) {
    const { clock, store } = timed();
    const digests: string[] = [];
    const { get, path, state } = siteOf(store, (count) => { if (count > 1) throw new Error("down"); return "good"; }, { revalidate, log: (_error, digest) => digests.push(digest) });
    await get();
    if (revalidate === false) await path("/p");
    else clock.now += revalidate * 1000;
    for (let failures = 1; failures <= 12; failures++) {
      await get();
      await until(async () => (await store.get(keys.page("p", "/p")))!.entry.failure?.count === failures);
      const { failure } = (await store.get(keys.page("p", "/p")))!.entry;
      const wait = (failure!.retryAt - failure!.at) / 1000;
      const exact = Math.min(first * 2 ** (failures - 1), 300);
      assert.ok(wait >= exact && wait <= Math.min(exact * 1.1, 300), `${String(revalidate)}: try ${failures} after ${wait} s`);
      // Not before its time, and with the first request after it.
      clock.now = Math.ceil(failure!.retryAt) - 1;
      assert.equal((await get()).body, "good");
      await later(1);
      assert.equal(state.renders, failures + 1);
      clock.now += 1;
    }
    assert.deepEqual([digests.length, digests.every((digest) => digest.length > 0)], [12, true]);
  }
});

test("ISR-4 a body that breaks off takes no place; 404 and 410 do, for a minute at most", async () => {
  const broken = () => new Response(new ReadableStream({ start(controller) { controller.enqueue(Buffer.from("<p>half")); controller.error(new Error("cut")); } }));
  const { clock, store } = timed();
  const { get } = siteOf(store, (count) => (count === 1 ? "good" : broken()));
  await get();
  clock.now += 11_000;
  await get();
  await until(async () => (await store.get(keys.page("p", "/p")))!.entry.failure !== undefined);
  assert.equal((await get()).body, "good");

  for (const [revalidate, kept] of [[3600, 60], [10, 10], [false, 60]] as const) {
    for (const error of [notFound(), new HttpError(410, "Gone")]) {
      const gone = timed();
      const site = siteOf(gone.store, () => { throw error; }, { revalidate });
      assert.deepEqual([(await site.get()).status, (await site.get()).status, site.state.renders], [error.status, error.status, 1]);
      assert.equal((await gone.store.get(keys.page("p", "/p")))!.entry.revalidate, kept);
    }
  }
});

test("ISR-5 answers of status 200, 301, 308, 404 and 410 are kept, and no others, nor an empty page", async () => {
  const answers: [number, boolean][] = [[200, true], [201, false], [204, false], [206, false], [301, true], [302, false], [303, false], [307, false], [308, true], [400, false], [401, false], [403, false], [404, true], [410, true], [418, false], [500, false], [503, false]];
  for (const [status, isKept] of answers) {
    const { store } = timed();
    const body = status === 204 ? null : "<body>kept</body></html>";
    const { get, state } = siteOf(store, () => new Response(body, { status, headers: status >= 300 && status < 400 ? { location: "/x" } : {} }));
    await get();
    await get();
    assert.deepEqual([state.renders, (await store.get(keys.page("p", "/p"))) !== null], isKept ? [1, true] : [2, false], String(status));
  }
  const { store } = timed();
  const { handler } = siteOf(store, () => new Response("", { headers: { "content-type": "text/html" } }));
  assert.equal((await handler(new Request("http://localhost/p"))).headers.get("x-velox-cache"), "BYPASS");
  assert.equal(await store.get(keys.page("p", "/p")), null);
});

test("ISR-7 a page has one key however its path is written, and other builds and applications have others", async () => {
  const { store } = timed();
  const { get, state } = siteOf(store);
  for (const path of ["/p", "/%70", "/p?", "/p?a=1", "/./p", "/x/../p"]) assert.equal((await get(path)).status, 200, path);
  assert.equal(state.renders, 1);
  const all = ["a:b:p", "a:c:p", "b:b:p"].map((one) => new Keys(...(one.split(":").slice(0, 2) as [string, string])).page("p", "/p"));
  assert.equal(new Set([...all, keys.page("q", "/p"), keys.page("p", "/P")]).size, 5);
});

test("ISR-11 a page that is too old answers a condition as a fresh one does", async () => {
  const { clock, store } = timed();
  const { handler, get } = siteOf(store, () => text("same"));
  await get();
  const ask = (etag: string) => handler(new Request("http://localhost/p", { headers: { "if-none-match": etag } }));
  const etag = (await handler(new Request("http://localhost/p"))).headers.get("etag")!;
  for (const seconds of [0, 11]) {
    clock.now += seconds * 1000;
    const got = await ask(`"other", W/${etag}`);
    assert.deepEqual([got.status, got.headers.get("x-velox-cache"), got.headers.get("etag"), await got.text()], [304, seconds === 0 ? "HIT" : "STALE", etag, ""]);
  }
});

test("ISR-12 behind a shared cache the rest of the time is said, one second where the page is old; browsers ask each time", async () => {
  const clock = { now: 1_700_000_000_000 };
  const one = (revalidate: number | false, cdn: boolean) => client(app([page("/p", () => text("p"), { mode: "isr", revalidate })], { cache: { cdn } }), { store: new MemoryStore({ clock: () => clock.now }) });
  const shown = async (site: ReturnType<typeof one>) => { const { headers } = await site.get("/p"); return [headers.get("x-velox-cache"), headers.get("age"), headers.get("cache-control")]; };
  const [ten, ever, none] = [one(10, true), one(false, true), one(10, false)];
  const browser = "max-age=0, must-revalidate";
  assert.deepEqual(await shown(ten), ["MISS", "0", `public, ${browser}, s-maxage=10, stale-while-revalidate=10`]);
  assert.deepEqual(await shown(ever), ["MISS", "0", `public, ${browser}, s-maxage=31536000`]);
  assert.deepEqual(await shown(none), ["MISS", "0", browser]);
  clock.now += 9_500;
  assert.deepEqual(await shown(ten), ["HIT", "9", `public, ${browser}, s-maxage=1, stale-while-revalidate=10`]);
  clock.now += 500;
  assert.deepEqual(await shown(ten), ["STALE", "10", `public, ${browser}, s-maxage=1, stale-while-revalidate=10`]);
  assert.deepEqual(await shown(none), ["STALE", "10", browser]);
});

test("ISR-15 a fetch with no-store leaves the page kept, and runs each time it is made again", async () => {
  const { clock, store } = timed();
  let loads = 0;
  const routes = [page("/p", async () => text(await (await fetch("/api", { cache: "no-store" })).text()), { mode: "isr", revalidate: 10 }), endpoint("/api", { GET: () => String(++loads) })];
  const { get } = client(app(routes, { site: "https://s.example" }), { store });
  const state = async () => (await get("/p")).headers.get("x-velox-cache");
  assert.deepEqual([await state(), await state(), loads], ["MISS", "HIT", 1]);
  clock.now += 10_000;
  assert.equal(await state(), "STALE");
  await until(async () => (await state()) === "HIT");
  assert.equal(loads, 2);
});

test("INV-6 revalidatePath reads a path as a request's is read", async () => {
  for (const written of ["/shop/caf%C3%A9", "/shop/café", "/shop/%63af%c3%a9", "/shop/x/../caf%C3%A9", "/shop/café/"]) {
    const { store } = timed();
    const { get, path } = siteOf(store);
    await get("/shop/café");
    assert.equal((await get("/shop/caf%c3%a9")).cache, "HIT");
    assert.equal((await path(written)).status, 200, written);
    assert.equal((await get("/shop/café")).cache, "MISS", written);
  }
});

test("SSG-3 params that the build did not render: none in an ssg route, at the first request in an isr one", async () => {
  const found = { route: "s/:x", tags: [], revalidate: false as const, read: async () => ({ body: Buffer.from("built"), etag: '"b"', time: 0 }) };
  const pages = { find: (path: string) => (path === "/s/1" ? found : null) };
  const block = (_p: object, _s: unknown, view: View) => text(String(view.params["x"]));
  const { get } = client(app([page("/s/:x", block, { mode: "ssg" }), page("/i/:x", block, { mode: "isr", revalidate: 10 })]), { pages });
  assert.deepEqual([(await get("/s/1")).status, (await get("/s/2")).status, (await get("/i/1")).status, (await get("/i/2")).headers.get("x-velox-cache")], [200, 404, 200, "MISS"]);
});
