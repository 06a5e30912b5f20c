// From a request to a response: errors, redirects, endpoints, middleware, cookies, headers (S5, L4, L5, M2 to
// M5, SSR-1 to SSR-11), each with a small application.

import assert from "node:assert/strict";
import { test } from "node:test";
import { head, raw, slot, suspense, text, type Slots, type View } from "../internal.js";
import { app, bodyOf, client, endpoint, errorPage, page } from "../testing/app.js";
import {
  badRequest, defineHandler, defineMiddleware, forbidden, html, json, NotFound, notFound, redirect, stream, text as textResponse,
  unauthorized, useCookies, useEnv, useHeaders, useRequest,
} from "./index.js";

const later = <T>(value: T, ms = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));
const shows = errorPage((props: { error: { message: string; digest?: string }; status: number }) =>
  text(`${props.status} ${props.error.message} ${props.error.digest ?? "-"}`));

test("S5 not found: thrown or returned, the nearest error page with 404", async () => {
  const near = errorPage((props: { status: number }) => "near " + text(props.status));
  const routes = [
    page("/thrown", () => { throw new NotFound("private"); }, { errors: [near] }),
    page("/returned", async () => { await later(0); return notFound(); }, { errors: [near] }),
    page("/far", () => { throw notFound("private"); }),
  ];
  const { get, logged } = client(app(routes, { errors: [shows] }));
  for (const path of ["/thrown", "/returned"]) {
    const got = await get(path);
    assert.equal(got.status, 404);
    assert.equal(bodyOf(got.text), "near 404");
    assert.equal(got.headers.get("cache-control"), "no-store");
  }
  assert.equal(bodyOf((await get("/far")).text), "404 Not Found -");
  assert.equal(bodyOf((await get("/unknown")).text), "404 Not Found -");
  assert.equal(logged.length, 0);
});

test("SSR-1 L4 an error gives 500 with a digest that is also in the log, and nothing of its text", async () => {
  const { get, logged } = client(app([page("/", () => { throw new Error("secret text"); })], { errors: [shows] }));
  const got = await get("/");
  assert.equal(got.status, 500);
  assert.equal(got.headers.get("cache-control"), "no-store");
  assert.doesNotMatch(got.text, /secret|at .*\.js/);
  assert.equal(logged.length, 1);
  assert.equal(bodyOf(got.text), `500 Internal Server Error ${logged[0]!.digest}`);
  assert.equal((logged[0]!.error as Error).message, "secret text");
  const plain = client(app([page("/", () => { throw new Error("secret"); })]));
  const page500 = await plain.get("/");
  assert.doesNotMatch(page500.text, /secret/);
  assert.ok(page500.text.includes(plain.logged[0]!.digest));
  const development = client(app([page("/", () => { throw new Error("shown"); })], { errors: [shows] }), { development: true });
  assert.match((await development.get("/")).text, /500 shown/);
});

test("L4 an error page that fails gives the next one, and a plain page at last", async () => {
  const broken = errorPage(() => { throw new Error("error page"); });
  const fails = () => { throw new Error("page"); };
  const one = client(app([page("/", fails, { errors: [broken, shows] })]));
  assert.match((await one.get("/")).text, /500 Internal Server Error/);
  assert.equal(one.logged.length, 2);
  const none = client(app([page("/", fails, { errors: [broken] })], { errors: [broken] }));
  const got = await none.get("/");
  assert.equal(got.status, 500);
  assert.match(got.text, /<h1>500 Internal Server Error<\/h1>/);
});

test("a status error in a page keeps its status and headers", async () => {
  const { get } = client(app([page("/", () => { throw unauthorized("no", { "www-authenticate": "Basic" }); })]));
  const got = await get("/");
  assert.equal(got.status, 401);
  assert.equal(got.headers.get("www-authenticate"), "Basic");
});

test("SSR-8 a redirect or a Response ends the rendering, thrown or returned", async () => {
  const routes = [
    page("/thrown", () => { throw redirect("/to", 303, { "x-a": "1" }); }),
    page("/returned", async () => { await later(0); return redirect("/to"); }),
    page("/response", () => new Response("mine", { status: 201, headers: { "x-b": "2" } })),
    page("/layout", () => "P", { layouts: [() => redirect("/login")] }),
    page("/boundary", () => suspense({ error: () => "E" }, () => { throw redirect("/to"); })),
    page("/late", () => suspense({ error: () => "E" }, () => text(later(0).then(() => { throw new NotFound(); })))),
  ];
  const { get, logged } = client(app(routes));
  const thrown = await get("/thrown");
  assert.deepEqual([thrown.status, thrown.headers.get("location"), thrown.headers.get("x-a")], [303, "/to", "1"]);
  assert.deepEqual([(await get("/returned")).status, (await get("/response")).text, (await get("/response")).status], [302, "mine", 201]);
  assert.equal((await get("/layout")).headers.get("location"), "/login");
  assert.equal((await get("/boundary")).status, 302);
  assert.equal((await get("/late")).status, 404);
  assert.equal(logged.length, 0);
});

test("SSR-6 headers of a page; its own win, but a cookie is never public", async () => {
  const routes = [
    page("/default", () => "x"),
    page("/own", (_p: object, _s: unknown, view: View) => { view.response.headers.set("cache-control", "public, max-age=60"); view.response.status = 202; view.response.headers.set("x-y", "z"); return "x"; }),
    page("/cookie", (_p: object, _s: unknown, view: View) => { view.response.headers.set("cache-control", "public, s-maxage=60"); useCookies().set("a", "b"); return "x"; }),
  ];
  const { get } = client(app(routes));
  const standard = "private, no-cache, no-store, max-age=0, must-revalidate";
  assert.equal((await get("/default")).headers.get("cache-control"), standard);
  const own = await get("/own");
  assert.deepEqual([own.status, own.headers.get("cache-control"), own.headers.get("x-y")], [202, "public, max-age=60", "z"]);
  const cookie = await get("/cookie");
  assert.equal(cookie.headers.get("cache-control"), standard);
  assert.equal(cookie.headers.get("set-cookie"), "a=b; Path=/; HttpOnly; SameSite=Lax");
});

test("SSR-7 HEAD has GET's headers without a body; other methods on a page give 405", async () => {
  const { send } = client(app([page("/", () => "héllo")]));
  const got = await send("/", { method: "HEAD" });
  const full = await send("/");
  assert.equal(got.status, 200);
  assert.equal(got.text, "");
  assert.equal(got.headers.get("content-length"), String(Buffer.byteLength(full.text)));
  assert.equal(got.headers.get("content-type"), "text/html; charset=utf-8");
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    const refused = await send("/", { method });
    assert.deepEqual([refused.status, refused.headers.get("allow")], [405, "GET, HEAD"], method);
  }
});

test("L5 endpoints: methods, HEAD after GET, OPTIONS, 405 with Allow", async () => {
  const { send } = client(app([endpoint("/api/:id", {
    GET: defineHandler((request, { params }) => ({ id: params["id"], same: request.params["id"], q: request.query.get("q") })),
    POST: async (request: Request) => json(await request.json(), 201),
    config: { edge: true },
  })]));
  const got = await send("/api/7?q=x");
  assert.equal(got.text, '{"id":"7","same":"7","q":"x"}');
  assert.equal(got.headers.get("content-type"), "application/json; charset=utf-8");
  const head = await send("/api/7", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
  const posted = await send("/api/7", { method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } });
  assert.deepEqual([posted.status, posted.text], [201, '{"a":1}']);
  const refused = await send("/api/7", { method: "DELETE" });
  assert.deepEqual([refused.status, refused.headers.get("allow")], [405, "GET, HEAD, POST, OPTIONS"]);
  const options = await send("/api/7", { method: "OPTIONS" });
  assert.deepEqual([options.status, options.headers.get("allow")], [204, "GET, HEAD, POST, OPTIONS"]);
});

test("L5 what a handler returns becomes a response", async () => {
  const values: Record<string, () => unknown> = {
    undefined: () => undefined, string: () => "<x>", object: () => ({ a: 1 }), array: () => [1], null: () => null,
    response: () => new Response("r", { status: 418 }), html: () => html("<b>"), text: () => textResponse("t", 202),
    redirect: () => redirect("/x"), thrown: () => { throw redirect("/x"); }, notFound: () => { throw notFound("gone"); },
    bad: () => badRequest("which?"), forbidden: () => { throw forbidden(); },
    stream: () => stream(["a", "b"]), fails: () => { throw new Error("secret"); },
    thrownResponse: () => { throw new Response("tr", { status: 409 }); },
  };
  const { get, logged } = client(app(Object.keys(values).map((name) => endpoint("/" + name, { GET: values[name] }))));
  const table: [string, number, string][] = [
    ["/undefined", 204, ""], ["/string", 200, "<x>"], ["/object", 200, '{"a":1}'], ["/array", 200, "[1]"], ["/null", 200, "null"],
    ["/response", 418, "r"], ["/html", 200, "<b>"], ["/text", 202, "t"], ["/redirect", 302, ""], ["/thrown", 302, ""],
    ["/notFound", 404, '{"error":"gone"}'], ["/bad", 400, '{"error":"which?"}'], ["/forbidden", 403, '{"error":"Forbidden"}'],
    ["/stream", 200, "ab"], ["/thrownResponse", 409, "tr"],
  ];
  for (const [path, status, body] of table) {
    const got = await get(path);
    assert.deepEqual([got.status, got.text], [status, body], path);
  }
  assert.equal((await get("/string")).headers.get("content-type"), "text/plain; charset=utf-8");
  const failed = await get("/fails");
  assert.deepEqual([failed.status, JSON.parse(failed.text)], [500, { error: "Internal Server Error", digest: logged[0]!.digest }]);
});

test("L5 a body that is not what it is read as gives 400 with a JSON error, and no log", async () => {
  const read = (how: string) => async (request: Request) => {
    const source = how.startsWith("clone") ? request.clone() : request;
    return how.endsWith("form") ? Object.fromEntries(await source.formData()) : await source.json();
  };
  const caught = async (request: Request) => { try { return await request.json(); } catch (error) { return { syntax: error instanceof SyntaxError }; } };
  const twice = async (request: Request) => { await request.text(); return request.formData(); };
  const routes = [...["json", "clone json", "form", "clone form"].map((how) => endpoint("/" + how.replace(" ", "-"), { POST: read(how) })),
    endpoint("/caught", { POST: caught }), endpoint("/twice", { POST: twice }), endpoint("/own", { POST: () => JSON.parse("{") })];
  const { send, logged } = client(app(routes));
  const post = (path: string, body: string | undefined, type = "application/json") => send(path, { method: "POST", headers: { "content-type": type }, ...(body === undefined ? {} : { body }) });
  for (const [path, body] of [["/json", '{"a":'], ["/json", ""], ["/json", undefined], ["/clone-json", "nope"], ["/form", "{}"], ["/clone-form", "{}"]] as const) {
    const got = await post(path, body);
    assert.deepEqual([got.status, got.headers.get("content-type")], [400, "application/json; charset=utf-8"], `${path} ${body}`);
    assert.match((JSON.parse(got.text) as { error: string }).error, path.endsWith("form") ? /^the request body is not a form$/ : /^the request body is not JSON: /);
  }
  assert.equal((await post("/form", "--b\r\nbroken", "multipart/form-data; boundary=b")).status, 400);
  assert.equal(logged.length, 0);
  assert.deepEqual([(await post("/json", '{"a":1}')).text, (await post("/clone-json", "[2]")).text, (await post("/caught", "{")).text], ['{"a":1}', "[2]", '{"syntax":true}']);
  assert.equal((await send("/form", { method: "POST", body: new URLSearchParams({ a: "b" }) })).text, '{"a":"b"}');
  // Mistakes of the application stay its own.
  assert.deepEqual([(await post("/twice", "x")).status, (await post("/own", "{}")).status, logged.length], [500, 500, 2]);
});

test("M2 the request has params, query, cookies, context and ip", async () => {
  const block = (_p: object, _s: unknown, view: View) => {
    const { request } = view;
    assert.ok(request instanceof Request);
    assert.equal(request, useRequest());
    assert.equal(useHeaders().get("x-a"), "1");
    return text([request.params["id"], request.query.get("q"), request.cookies.get("c"), request.context["user"], request.ip, request.url].join(" "));
  };
  const middleware = defineMiddleware((request, next) => { request.context["user"] = "ann"; return next(); });
  const { handler } = client(app([page("/:id", block)], { middleware: async () => ({ default: middleware }) }));
  const response = await handler(new Request("http://localhost/7?q=x", { headers: { cookie: "c=%20v; c=w", "x-a": "1" } }), { ip: "9.9.9.9" });
  assert.equal(bodyOf(await response.text()), "7 x  v ann 9.9.9.9 http://localhost/7?q=x");
});

test("middleware runs before every route and may answer itself", async () => {
  const seen: string[] = [];
  const middleware = defineMiddleware(async (request, next) => {
    const { pathname } = new URL(request.url);
    seen.push(pathname);
    if (pathname === "/guarded") return redirect("/login");
    if (pathname === "/text") return "hello";
    if (pathname === "/refused") return unauthorized("who?");
    if (pathname === "/throws") throw new Error("middleware");
    const response = await next();
    response.headers.set("x-seen", "yes");
    return response;
  });
  const { get } = client(app([page("/", () => "home"), endpoint("/api", { GET: () => "api" }), page("/broken", () => { throw new Error("x"); })],
    { middleware: async () => ({ default: middleware }) }));
  assert.equal((await get("/")).headers.get("x-seen"), "yes");
  assert.equal((await get("/api")).headers.get("x-seen"), "yes");
  assert.deepEqual([(await get("/nothing")).status, (await get("/nothing")).headers.get("x-seen")], [404, "yes"]);
  assert.deepEqual([(await get("/broken")).status, (await get("/broken")).headers.get("x-seen")], [500, "yes"]);
  const guarded = await get("/guarded");
  assert.deepEqual([guarded.status, guarded.headers.get("location"), guarded.headers.get("cache-control")], [302, "/login", "no-store"]);
  assert.equal((await get("/text")).text, "hello");
  assert.deepEqual([(await get("/refused")).status, (await get("/refused")).text], [401, '{"error":"who?"}']);
  assert.equal((await get("/throws")).status, 500);
  assert.ok(seen.includes("/nothing"));
});

test("cookies: read, set, deleted, sent with redirects and endpoints", async () => {
  const { get } = client(app([
    endpoint("/login", { GET: () => { useCookies().set("s", "a b;", { maxAge: 60, sameSite: "strict" }); throw redirect("/"); } }),
    endpoint("/logout", { GET: () => { useCookies().delete("s"); return "bye"; } }),
    endpoint("/read", { GET: () => { const c = useCookies(); c.set("n", "1"); return [c.get("s"), c.get("n"), c.has("x")]; } }),
    endpoint("/bad", { GET: () => { useCookies().set("a b", "x"); } }),
    endpoint("/inject", { GET: () => { useCookies().set("a", "x\r\nset-cookie: b", { path: "/;x" }); } }),
    page("/", () => { useCookies().set("p", "1"); useCookies().set("p", "2"); return "x"; }),
  ], { site: "https://s.example" }));
  const login = await get("/login");
  assert.deepEqual([login.status, login.headers.get("set-cookie")], [302, "s=a%20b%3B; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict"]);
  assert.match((await get("/logout")).headers.get("set-cookie")!, /^s=; Path=\/; Max-Age=0; Expires=Thu, 01 Jan 1970/);
  assert.equal((await get("/read", { cookie: 's="q"; x' })).text, '["q","1",false]');
  assert.equal((await get("/bad")).status, 500);
  assert.equal((await get("/inject")).status, 500);
  assert.deepEqual((await get("/")).headers.getSetCookie(), ["p=2; Path=/; HttpOnly; Secure; SameSite=Lax"]);
});

test("useEnv reads the environment and nothing of its prototype", async () => {
  process.env["VELOX_TEST_VALUE"] = "v";
  assert.equal(useEnv("VELOX_TEST_VALUE"), "v");
  assert.equal(useEnv("VELOX_TEST_MISSING", "f"), "f");
  assert.equal(useEnv("constructor"), undefined);
  assert.equal(useEnv()["VELOX_TEST_VALUE"], "v");
});

test("SSR-9 two interleaved requests never see each other's values", async () => {
  const component = async () => { await later(0, Math.random() * 5); return text(useRequest().query.get("id")); };
  const block = async (_p: object, _s: unknown, view: View) => {
    const first = view.request.query.get("id");
    await later(0, Math.random() * 5);
    useCookies().set("id", first!);
    const second = useRequest().query.get("id");
    await later(0, Math.random() * 5);
    return [first, second, useHeaders().get("x-id")].join(" ") + " " + raw(component()) + raw(later(1, 2).then(() => useRequest().query.get("id")));
  };
  const layout = async (_p: object, slots: Slots) => { await later(0, Math.random() * 5); return useRequest().query.get("id") + ":" + slot(slots, "default"); };
  const { get } = client(app([page("/", block, { layouts: [layout] })]));
  await Promise.all(Array.from({ length: 50 }, async (_, index) => {
    const got = await get(`/?id=${index}`, { "x-id": String(index) });
    assert.equal(bodyOf(got.text), `${index}:${index} ${index} ${index} ${index}${index}`);
    assert.match(got.headers.get("set-cookie")!, new RegExp(`^id=${index};`));
  }));
});

test("SSR-11 a shared page that reads the request is an error naming route and property", async () => {
  const reads: Record<string, (view: View) => unknown> = {
    request: (view) => view.request, response: (view) => view.response, search: (view) => view.url.search,
    searchParams: (view) => view.url.searchParams, hook: () => useRequest(), cookies: () => useCookies(), headers: () => useHeaders(),
  };
  for (const [name, read] of Object.entries(reads)) {
    const { get, logged } = client(app([page("/" + name, (_p: object, _s: unknown, view: View) => { read(view); return ""; }, { mode: "isr", revalidate: 1 })]));
    assert.equal((await get("/" + name)).status, 500);
    assert.match(String(logged[0]!.error), new RegExp(`routes/${name}\\.velox.*isr`), name);
  }
});

test("M3 a static page that the build has not rendered is 404", async () => {
  const pages = { find: (path: string) => path === "/s/1" ? { route: "s/:n", tags: [], revalidate: false as const, read: async () => ({ body: Buffer.from("<p>1"), etag: '"e"', time: 0 }) } : null };
  const { get, send } = client(app([page("/s/:n", () => { throw new Error("rendered"); }, { mode: "ssg" })]), { pages });
  const got = await get("/s/1");
  assert.deepEqual([got.status, got.text, got.headers.get("etag"), got.headers.get("content-type")], [200, "<p>1", '"e"', "text/html; charset=utf-8"]);
  assert.equal((await get("/s/1", { "if-none-match": '"x", W/"e"' })).status, 304);
  assert.equal((await get("/s/1", { "if-none-match": "garbage" })).status, 200);
  assert.equal((await send("/s/1", { method: "HEAD" })).text, "");
  assert.equal((await get("/s/2")).status, 404);
});

test("M5 a csr page is its shell", async () => {
  const layout = (_p: object, slots: Slots) => "<main>" + slot(slots, "default") + "</main>";
  const never = () => { throw new Error("rendered on the server"); };
  const { get } = client(app([
    page("/a", never, { mode: "csr", layouts: [layout] }),
    page("/b", never, { mode: "csr", layouts: [layout], loading: async () => later("<i>wait</i>") }),
  ]));
  assert.equal(bodyOf((await get("/a")).text), '<main><div id="velox-root"></div></main>');
  assert.equal(bodyOf((await get("/b")).text), '<main><div id="velox-root"><i>wait</i></div></main>');
});

test("M5 L4 a csr page brings along what its error page says, inert; that page's own failure is not the page's", async () => {
  const own = { mode: "csr" as const, client: { src: "/_velox/p.js" } };
  const says = (props: { status: number; error: { message: string } }, _slots: unknown, view: View) => {
    view.setMeta({ title: "Sorry" });
    return () => head([{ key: null, html: "<style>b{}</style>" }]) + `<b>${props.status} ${props.error.message}</b>`;
  };
  const fails = async () => { throw new Error("of the error page"); };
  const never = () => { throw new Error("rendered on the server"); };
  const { get, logged } = client(app([
    page("/a", never, { ...own, errors: [errorPage(fails), errorPage(says)] }),
    page("/b", never, own),
  ]));
  const place = '<div id="velox-root" data-velox-page="/_velox/p.js"></div>';
  const whole = (await get("/a")).text;
  assert.equal(bodyOf(whole), `${place}<template data-velox-error><velox-head><style>b{}</style><title>Sorry</title></velox-head><b>500 Internal Server Error</b></template>`);
  assert.doesNotMatch(whole.slice(0, whole.indexOf("<body>")), /Sorry|b\{\}/);
  assert.match(String(logged[0]!.error), /of the error page/);
  assert.equal(bodyOf((await get("/b")).text), `${place}<template data-velox-error><velox-head><title>500 Internal Server Error</title></velox-head><h1>500 Internal Server Error</h1></template>`);
});

test("T6 named slots of a layout are left to a csr page, but for those among text alone", async () => {
  const layout = (_p: object, slots: Slots) => () =>
    "<title>" + slot(slots, "title", () => "Teas", true) + "</title><aside>" + slot(slots, "a-b>", () => "<i>none</i>") + "</aside>" + slot(slots, "default");
  const block = (_p: object, _s: unknown, view: View) => (view.fill("title", "filled"), "<p>x</p>");
  const { get } = client(app([
    page("/browser", block, { mode: "csr", layouts: [layout] }),
    page("/server", block, { mode: "ssr", layouts: [layout] }),
  ]));
  assert.equal(bodyOf((await get("/browser")).text), '<title>Teas</title><aside><!--[slot:a-b%3E--><i>none</i><!--slot:a-b%3E]--></aside><div id="velox-root"></div>');
  assert.equal(bodyOf((await get("/server")).text), "<title>filled</title><aside><i>none</i></aside><p>x</p>");
});

test("a module that cannot be loaded is a 500, and is loaded again", async () => {
  let fail = true;
  const route = { ...page("/", () => ""), load: async () => { if (fail) throw new Error("no module"); return { default: () => "ok" }; } };
  const { get } = client(app([route]));
  assert.equal((await get("/")).status, 500);
  fail = false;
  assert.equal(bodyOf((await get("/")).text), "ok");
});
