// Preview (ISR-18): a signed cookie that ends, and nothing else, gives a visitor pages of his own, of which nothing is kept.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { MemoryStore } from "../cache/memory.js";
import { text } from "../internal.js";
import { app, bodyOf, client, endpoint, page } from "../testing/app.js";
import { serverOf } from "../testing/socket.js";
import { disablePreview, enablePreview, fetch, notFound, redirect, revalidateTag, useCache, usePreview, type PreviewOptions } from "./index.js";
import { PREVIEW_COOKIE, Previews } from "./preview.js";
import { useRequest } from "./respond.js";

const SECRET = "a secret of more than thirty-two bytes";
const OTHER = "another one of more than thirty-two bytes";

function site(options: { secret?: string | null; site?: string; name?: string } = {}) {
  const state = { renders: 0, loads: 0, values: 0 };
  const block = () => text(`${usePreview() ? "draft" : "public"} ${++state.renders}`);
  const data = async () => {
    const loaded = await (await fetch("/data", { next: { tags: ["t"] } })).text();
    return text(`${loaded} ${await useCache("v", () => ++state.values, { tags: ["t"] })}`);
  };
  const isr = { mode: "isr", revalidate: 10 } as const;
  const routes = [
    page("/p", block, isr), page("/q/:x", block, isr), page("/known/:x", block, { mode: "ssg" }), page("/data-page", data, isr), page("/ssr", () => text(String(usePreview()))),
    page("/gone", () => (usePreview() ? text("still there") : notFound()), isr), page("/moved", () => redirect("/p", 308), isr),
    page("/fails", () => { if (usePreview()) throw new Error("broken draft"); return text("good"); }, isr),
    page("/asks", () => text(useRequest().url), isr), page("/in-page", () => { enablePreview(); return ""; }),
    page("/public", () => new Response("<p>public</p>", { headers: { "cache-control": "public, s-maxage=60", "content-type": "text/html" } }), isr),
    endpoint("/data", { GET: () => `load ${++state.loads}` }),
    endpoint("/enable", { POST: async (request: Request) => { enablePreview((await request.json()) as PreviewOptions); return redirect("/p"); } }),
    endpoint("/disable", { POST: () => { disablePreview(); return "off"; } }),
    endpoint("/tag", { POST: async () => { await revalidateTag("t"); return "done"; } }),
  ];
  const store = new MemoryStore();
  const secret = options.secret === undefined ? SECRET : options.secret;
  const all = client(app(routes, { site: options.site ?? "https://s.example", ...(options.name === undefined ? {} : { name: options.name }) }), { store, ...(secret === null ? {} : { previewSecret: secret }) });
  const enable = async (settings: object = {}) => all.send("/enable", { method: "POST", body: JSON.stringify(settings), headers: { "content-type": "application/json" } });
  const get = async (path: string, cookie?: string) => {
    const got = await all.get(path, cookie === undefined ? {} : { cookie });
    return { ...got, body: got.text.includes("<body>") ? bodyOf(got.text) : got.text, cache: got.headers.get("x-velox-cache"), control: got.headers.get("cache-control") };
  };
  return { ...all, get, enable, state, store };
}

async function cookieOf(of: ReturnType<typeof site>, settings: object = {}): Promise<string> {
  return (await of.enable(settings)).headers.getSetCookie()[0]!.split(";")[0]!;
}

test("ISR-18 an endpoint turns it on with a cookie that is signed, ends, and is hidden from scripts", async () => {
  const got = await site().enable({ maxAge: 600 });
  assert.equal(got.status, 302);
  assert.match(got.headers.getSetCookie()[0]!, /^velox-preview=\d{10,12}\.[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/);
  assert.match(got.headers.get("cache-control")!, /no-store/);
  assert.match((await site().enable()).headers.getSetCookie()[0]!, /Max-Age=3600;/);
  assert.match((await site().enable({ sameSite: "none" })).headers.getSetCookie()[0]!, /Secure; SameSite=None$/);
});

test("ISR-18 a previewer is given pages made now, which no cache keeps, and others what is kept", async () => {
  const one = site();
  const cookie = await cookieOf(one);
  assert.deepEqual([(await one.get("/p")).body, (await one.get("/p")).cache], ["public 1", "HIT"]);
  for (const count of [2, 3]) {
    const got = await one.get("/p", cookie);
    assert.deepEqual([got.body, got.cache, got.headers.get("etag"), got.headers.get("age")], [`draft ${count}`, "BYPASS", null, null]);
    assert.equal(got.control, "private, no-cache, no-store, max-age=0, must-revalidate");
  }
  assert.deepEqual([(await one.get("/p")).body, (await one.get("/p")).cache], ["public 1", "HIT"]);
  // A page that nobody has asked for yet is not kept for others either.
  assert.equal((await one.get("/q/new", cookie)).body, "draft 4");
  assert.deepEqual([(await one.get("/q/new")).cache, (await one.get("/q/new")).body], ["MISS", "public 5"]);
  // A draft of which the build knows nothing.
  assert.deepEqual([(await one.get("/known/draft")).status, (await one.get("/known/draft", cookie)).body], [404, "draft 6"]);
  const { pages } = await one.store.stats();
  assert.equal(pages, 2);
});

test("ISR-18 its data is loaded now, and leaves nothing in the cache", async () => {
  const one = site();
  const cookie = await cookieOf(one);
  assert.equal((await one.get("/data-page", cookie)).body, "load 1 1");
  assert.equal((await one.get("/data-page", cookie)).body, "load 2 2");
  assert.equal((await one.store.stats()).data, 0);
  assert.equal((await one.get("/data-page")).body, "load 3 3");
  assert.equal((await one.get("/data-page", cookie)).body, "load 4 4");
  assert.equal((await one.get("/data-page")).body, "load 3 3");
});

test("ISR-18 errors, missing pages and redirects of a preview touch nothing that is kept", async () => {
  const one = site();
  const cookie = await cookieOf(one);
  assert.equal((await one.get("/fails")).body, "good");
  const failed = await one.get("/fails", cookie);
  assert.deepEqual([failed.status, failed.text.includes("broken draft")], [500, false]);
  assert.match(failed.control!, /no-store/);
  assert.deepEqual([(await one.get("/fails")).body, (await one.get("/fails")).cache], ["good", "HIT"]);
  assert.deepEqual([(await one.get("/gone")).status, (await one.get("/gone", cookie)).body, (await one.get("/gone")).status], [404, "still there", 404]);
  const moved = await one.get("/moved", cookie);
  assert.deepEqual([moved.status, moved.headers.get("location")], [308, "/p"]);
  assert.match(moved.control!, /no-store/);
  const whole = await one.get("/public", cookie);
  assert.deepEqual([whole.body, whole.cache], ["<p>public</p>", "BYPASS"]);
  assert.match(whole.control!, /^private/);
});

test("ISR-18 a preview of a shared page still sees nothing of the request", async () => {
  const one = site();
  assert.equal((await one.get("/asks", await cookieOf(one))).status, 500);
  assert.match(String(one.logged[0]!.error), /useRequest\(\)` is not available in a page rendered as isr/);
});

test("ISR-18 case 49: what is forged, ended, cut, changed or signed for something else is no preview", async (t) => {
  const one = site();
  const cookie = await cookieOf(one, { maxAge: 100 });
  const [until, nonce, signature] = cookie.slice(PREVIEW_COOKIE.length + 1).split(".") as [string, string, string];
  const mac = (parts: string[], secret = SECRET): string => createHmac("sha256", secret).update(parts.join("\0")).digest("base64url");
  await one.get("/p");
  const bad = [
    "1", "true", "", `${until}.${nonce}.`, `${until}.${nonce}`, `${until}.${nonce}.${signature.slice(1)}`, `${until}.${nonce}.${signature}x`,
    `${Number(until) + 1}.${nonce}.${signature}`, `${until}.${"A".repeat(22)}.${signature}`, `${until}.${nonce}.${"A".repeat(43)}`, `99999999999.${nonce}.${signature}`,
    // The right secret for the wrong thing: another field, another site, no purpose at all; and the wrong secret.
    `${until}.${nonce}.${mac(["session", "velox", until, nonce])}`, `${until}.${nonce}.${mac([PREVIEW_COOKIE, "other", until, nonce])}`, `${until}.${nonce}.${mac([until, nonce])}`,
    `${until}.${nonce}.${mac([PREVIEW_COOKIE, "velox", until, nonce], OTHER)}`, `1000000000.${nonce}.${mac([PREVIEW_COOKIE, "velox", "1000000000", nonce])}`,
  ];
  for (const value of bad) assert.equal((await one.get("/p", `${PREVIEW_COOKIE}=${value}`)).cache, "HIT", value);
  assert.equal((await one.get("/p", `${PREVIEW_COOKIE}=${until}.${nonce}.${mac([PREVIEW_COOKIE, "velox", until, nonce])}`)).cache, "BYPASS");
  assert.equal((await one.get("/p", `session=${cookie.split("=")[1]}`)).cache, "HIT");
  // Signed by another site with the same secret, and by this one with another secret.
  assert.equal((await one.get("/p", await cookieOf(site({ name: "other" })))).cache, "HIT");
  assert.equal((await one.get("/p", await cookieOf(site({ secret: OTHER })))).cache, "HIT");
  // No secret: no preview, whoever signed it.
  const closed = site({ secret: null });
  await closed.get("/p");
  assert.equal((await closed.get("/p", cookie)).cache, "HIT");
  // It ends by itself, whatever the browser thinks of it.
  assert.equal((await one.get("/p", cookie)).cache, "BYPASS");
  t.mock.timers.enable({ apis: ["Date"], now: Number(until) * 1000 });
  assert.equal((await one.get("/p", cookie)).cache, "HIT");
});

test("ISR-18 disablePreview ends it; pages made for each request know of it too", async () => {
  const one = site();
  const cookie = await cookieOf(one);
  assert.deepEqual([(await one.get("/ssr")).body, (await one.get("/ssr", cookie)).body], ["false", "true"]);
  const off = await one.send("/disable", { method: "POST", headers: { cookie, "content-type": "application/json" } });
  assert.match(off.headers.getSetCookie()[0]!, /^velox-preview=; Path=\/; Max-Age=0; Expires=Thu, 01 Jan 1970/);
});

test("ISR-18 what cannot be meant is an error that says so", async () => {
  for (const maxAge of [0, -1, 1.5, Number.NaN, 8 * 24 * 3600, "60"]) {
    const one = site();
    assert.equal((await one.enable({ maxAge })).status, 500, String(maxAge));
    if (!Number.isNaN(maxAge)) assert.match(String(one.logged[0]!.error), /maxAge is a whole number of seconds from 1 to 604800/);
  }
  const closed = site({ secret: null });
  assert.equal((await closed.enable()).status, 500);
  assert.match(String(closed.logged[0]!.error), /the environment has no VELOX_PREVIEW_SECRET/);
  const page = site();
  assert.equal((await page.get("/in-page")).status, 500);
  assert.match(String(page.logged[0]!.error), /enablePreview was called while a page is being rendered; call it in an endpoint/);
  assert.throws(() => enablePreview(), /works only while a request is being answered/);
  assert.throws(() => new Previews("velox", "short"), /fewer than 32 bytes/);
});

test("ISR-18 over a socket: a page that lies in memory is passed by, for previewers alone", async () => {
  let renders = 0;
  const routes = [
    page("/p", () => text(`${usePreview()} ${++renders}`), { mode: "isr", revalidate: 10 }), page("/s", () => text(`${usePreview()} ${++renders}`), { mode: "ssg" }),
    endpoint("/enable", { GET: () => { enablePreview(); return "on"; } }),
  ];
  const files = { "static/s.html": "built", "server/pages.json": JSON.stringify({ version: 1, pages: { "/s": { route: "s", file: "static/s.html", tags: [], revalidate: false } } }) };
  const server = await serverOf(app(routes), files, { previewSecret: SECRET });
  try {
    const get = async (path: string, cookie = "") => { const got = await globalThis.fetch(server.url + path, { headers: { cookie } }); return [got.headers.get("x-velox-cache"), /(?<=<body>).*(?=<\/body>)|^built$/.exec(await got.text())?.[0]]; };
    const cookie = (await globalThis.fetch(server.url + "/enable")).headers.getSetCookie()[0]!.split(";")[0]!;
    assert.deepEqual([await get("/p"), await get("/p"), await get("/s"), await get("/s")], [["MISS", "false 1"], ["HIT", "false 1"], [null, "built"], [null, "built"]]);
    assert.deepEqual([await get("/p", cookie), await get("/s", cookie)], [["BYPASS", "true 2"], ["BYPASS", "true 3"]]);
    assert.deepEqual([await get("/p", "velox-preview=1"), await get("/p"), await get("/s", "x=1")], [["HIT", "false 1"], ["HIT", "false 1"], [null, "built"]]);
  } finally {
    await server.stop();
  }
  await assert.rejects(serverOf(app(routes), files, { previewSecret: "short" }), /VELOX_PREVIEW_SECRET has fewer than 32 bytes/);
});
