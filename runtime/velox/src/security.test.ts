// The security checklist, first half: paths, hosts, headers and caches, a test for each case under its number.
// What a unit test proves elsewhere is proved here from outside: through the handler, and over a socket where bytes matter.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { text, type View } from "./internal.js";
import { defineMiddleware, fetch as serverFetch, redirect } from "./server/index.js";
import { app, bodyOf, client, endpoint, errorPage, page } from "./testing/app.js";
import { exchange, rawGet, serverOf } from "./testing/socket.js";

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A site whose middleware keeps everyone out of /admin. */
function guarded() {
  const seen: string[] = [];
  const middleware = defineMiddleware((request, next) => {
    const { pathname } = new URL(request.url);
    seen.push(pathname);
    return pathname === "/admin" || pathname.startsWith("/admin/") ? new Response("guarded", { status: 403 }) : next();
  });
  const routes = [
    page("/admin", () => "SECRET"), page("/admin/x", () => "SECRET"), page("/:any", (_p: object, _s: unknown, view: View) => text("any " + String(view.params["any"]))),
  ];
  return { seen, ...client(app(routes, { middleware: async () => ({ default: middleware }) })) };
}

test("case 1: an escaped letter in a guarded path meets the guard", async () => {
  const { get, seen } = guarded();
  assert.equal((await get("/%61dmin")).text, "guarded");
  assert.deepEqual(seen, ["/admin"]);
});

test("case 2: a path that is escaped twice is text for guard and router alike", async () => {
  const { get, seen } = guarded();
  assert.equal(bodyOf((await get("/%2561dmin")).text), "any %61dmin");
  assert.deepEqual(seen, ["/%2561dmin"]);
});

test("case 3: nothing is decoded in a loop", async () => {
  const { get } = guarded();
  let name = "admin";
  for (let i = 0; i < 12; i++) name = name.replace(/^./, (first) => (first === "%" ? "%25" : "%" + first.charCodeAt(0).toString(16)));
  const got = await get("/" + name);
  assert.doesNotMatch(got.text, /SECRET/);
  assert.match(bodyOf(got.text), /^any %/);
});

test("case 4: guard and router have one rule about case", async () => {
  const { get } = guarded();
  assert.equal((await get("/Admin/x")).status, 404);
  assert.equal(bodyOf((await get("/Admin")).text), "any Admin");
});

test("case 5: an escaped slash is refused", async () => {
  const { get } = guarded();
  for (const path of ["/api/orders/..%2fadmin", "/x%2Fy", "/%2e%2e%2fadmin"]) assert.equal((await get(path)).status, 400, path);
  assert.equal((await get("/x/%2e%2e/admin")).text, "guarded");
});

test("case 8: broken escapes give 400 and the process lives", async () => {
  const server = await serverOf(app([page("/:x", () => "ok")]));
  try {
    for (const target of ["/%E0%A4%A", "/%", "/%ff%fe", "/%zz"]) assert.equal((await rawGet(server.port, target)).status, 400, target);
    assert.equal((await rawGet(server.port, "/fine")).status, 200);
  } finally {
    await server.stop();
  }
});

test("case 9: NUL and backslashes in static requests; nothing outside of the root", async () => {
  const server = await serverOf(app([]), { "static/a/ok.txt": "ok", "secret.txt": "SECRET" });
  try {
    for (const target of ["/a/%00", "/a/ok.txt%00.png", "/a%5c..%5cb", "/a/..%5c..%5csecret.txt", "/..%2fsecret.txt"]) {
      assert.equal((await rawGet(server.port, target)).status, 400, target);
    }
    for (const target of ["/../secret.txt", "/a/../../secret.txt", "/%2e%2e/secret.txt", "/a\\..\\..\\secret.txt", "//secret.txt"]) {
      const got = await rawGet(server.port, target);
      assert.notEqual(got.status, 200, target);
      assert.doesNotMatch(got.body, /SECRET/);
    }
    assert.equal((await rawGet(server.port, "/a/ok.txt")).body, "ok");
  } finally {
    await server.stop();
  }
});

test("case 10: __proto__ and constructor in path, query, form and cookie are text", async () => {
  const block = async (_p: object, _s: unknown, view: View) => text(JSON.stringify([view.params["x"], view.request.query.get("__proto__"), view.request.cookies.get("__proto__")]));
  const { get } = client(app([page("/:x", block)]));
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const got = await get(`/${name}?__proto__=q`, { cookie: "__proto__=c" });
    assert.deepEqual(JSON.parse(bodyOf(got.text).replaceAll("&quot;", '"')), [name, "q", "c"]);
  }
  const { get: strict } = client(app([page("/a", () => "a")]));
  for (const name of ["/__proto__", "/constructor", "/a/__proto__"]) assert.equal((await strict(name)).status, 404);
  assert.equal(({} as Record<string, unknown>)["q"], undefined);
});

test("case 11: no redirect of the trailing slash leads off the site", async () => {
  for (const trailingSlash of ["never", "always"] as const) {
    const server = await serverOf(app([page("/:x", () => "x"), page("/*all", () => "x")], { trailingSlash }));
    try {
      for (const target of ["//evil.example/", "/\\evil.example/", "/\\evil.example", "/\t/evil.example/", "///evil.example/", "/%09/evil.example/", "//evil.example/%2e%2e/", "/.//evil.example/", "/..//evil.example"]) {
        const got = await rawGet(server.port, target);
        const location = /^location: (.*)$/im.exec(got.head)?.[1];
        if (location === undefined) continue;
        assert.match(location, /^\/(?![/\\])/, `${target} -> ${location}`);
        assert.equal(new URL(location.trim(), "http://own.example").origin, "http://own.example", target);
      }
    } finally {
      await server.stop();
    }
  }
});

test("case 12: redirect() of foreign input", () => {
  for (const to of ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "http:evil.example", " //evil.example", "https:/\\evil.example"]) {
    assert.throws(() => redirect(to), /leads off this site/, JSON.stringify(to));
  }
  for (const to of ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x"]) {
    assert.throws(() => redirect(to), /http or https/, JSON.stringify(to));
    assert.throws(() => redirect(to, { external: true }), /http or https/, JSON.stringify(to));
  }
  assert.equal(redirect("/.//evil.example").location, "/evil.example");
  assert.equal(redirect("/a/..//evil.example").location, "/evil.example");
  assert.throws(() => redirect("/", 200 as 302), /not one of/);
});

test("case 13: internal headers from outside are gone before anyone sees them", async () => {
  const server = await serverOf(app([endpoint("/", { GET: (request: Request) => [...request.headers.keys()].filter((name) => name.startsWith("x-")) })]));
  try {
    const got = await rawGet(server.port, "/", { "x-velox-prerender": "1", "X-Velox-Depth": "9", "x-middleware-subrequest": "middleware", "x-mine": "1" });
    assert.match(got.body, /^\["x-middleware-subrequest","x-mine"\]/);
  } finally {
    await server.stop();
  }
  const web = client(app([endpoint("/", { GET: (request: Request) => [...request.headers.keys()] })]));
  assert.equal((await web.get("/", { "x-velox-a": "1" })).text, "[]");
});

test("case 13: a guard runs whatever headers say", async () => {
  const { get } = guarded();
  for (const name of ["x-middleware-subrequest", "x-velox-skip", "x-velox-internal"]) {
    assert.equal((await get("/admin", { [name]: "middleware:middleware:middleware" })).text, "guarded");
  }
});

test("case 14: no header and no query says which route is meant", async () => {
  const { get } = guarded();
  const headers = { "x-now-route-matches": "1=admin", "x-astro-path": "/admin", "x-original-url": "/admin", "x-rewrite-url": "/admin", "x-matched-path": "/admin" };
  assert.equal(bodyOf((await get("/home?x-astro-path=/admin&__pathname=/admin", headers)).text), "any home");
});

test("case 15: headers of a build at run time have no effect", async () => {
  const { get } = client(app([page("/s", () => "", { mode: "ssg" }), page("/a", () => "rendered")]));
  const headers = { "x-react-router-spa-mode": "yes", "x-react-router-prerender-data": "x", "x-velox-prerender": "1" };
  assert.equal((await get("/s", headers)).status, 404);
  assert.equal(bodyOf((await get("/a", headers)).text), "rendered");
});

test("case 16: no header is reflected into a page", async () => {
  const { get } = client(app([page("/", () => "x")]));
  const got = await get("/", { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil", "user-agent": "evil" });
  assert.doesNotMatch(got.text + JSON.stringify([...got.headers]), /evil/);
});

test("case 17: an upgrade is closed and leads to no connection", async () => {
  let connections = 0;
  const target = createServer().on("connection", () => connections++);
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const server = await serverOf(app([page("/", () => "x")]));
  try {
    const address = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    const got = await exchange(server.port, `GET ${address} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
    assert.equal(got, "");
    const tunnel = await exchange(server.port, `CONNECT 127.0.0.1:${(target.address() as AddressInfo).port} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    assert.doesNotMatch(tunnel, /200/);
    await later(20);
    assert.equal(connections, 0);
  } finally {
    target.close();
    await server.stop();
  }
});

const origins = [
  endpoint("/redirect", { GET: () => redirect("/next") }),
  endpoint("/fetch", { GET: async () => (await serverFetch("/who")).text() }),
  endpoint("/who", { GET: (request: Request) => request.url }),
  page("/meta", (_p: object, _s: unknown, view: View) => { view.setMeta({ canonical: view.url.pathname }); return text(view.url.href); }),
];

test("case 18: a foreign Host is refused, or the site stands in its place", async () => {
  const evil = { host: "evil.example", "x-forwarded-host": "evil.example", forwarded: "host=evil.example" };
  const closed = client(app(origins));
  for (const path of ["/redirect", "/fetch", "/who", "/meta", "/none"]) {
    const got = await closed.get(path, evil);
    assert.equal(got.status, 400, path);
    assert.doesNotMatch(got.text, /evil/);
  }
  const sited = client(app(origins, { site: "https://own.example" }));
  for (const path of ["/redirect", "/fetch", "/who", "/meta", "/none"]) {
    const got = await sited.get(path, evil);
    assert.doesNotMatch(got.text + JSON.stringify([...got.headers]), /evil/, path);
  }
  assert.equal((await sited.get("/fetch", evil)).text, "https://own.example/who");
});

test("case 19: a foreign Host and a forced error make no outgoing request", async () => {
  const original = globalThis.fetch;
  let outgoing = 0;
  globalThis.fetch = (async (...args: Parameters<typeof original>) => { outgoing++; return original(...args); }) as typeof original;
  try {
    const routes = [page("/", () => { throw new Error("x"); })];
    const settings = { errors: [errorPage(() => "error page")] };
    for (const site of [null, "https://own.example"]) {
      const { get } = client(app(routes, { ...settings, site }));
      await get("/", { host: "evil.example" });
      await get("/missing", { host: "evil.example" });
    }
    assert.equal(outgoing, 0);
  } finally {
    globalThis.fetch = original;
  }
});

test("case 20: a malformed forwarded host is refused", async () => {
  const { get } = client(app(origins, { trustProxy: 1, allowedHosts: ["a", "b", "a:80"] }));
  for (const value of ["a:80/x?@b", "a@b", "a b", "a/..", "a#b", "a:80:80", "[::1", "a,"]) {
    assert.equal((await get("/who", { "x-forwarded-host": value })).status, 400, value);
  }
  assert.equal((await get("/who", { "x-forwarded-host": "a:80" })).text, "http://a/who");
});

test("case 21: a route that fetches itself ends with an error, not a hang", async () => {
  const { get, logged } = client(app([endpoint("/api/x", { GET: async () => { const inner = await serverFetch("/api/x"); if (!inner.ok) throw new Error("inner failed"); return "x"; } })]));
  const started = performance.now();
  assert.equal((await get("/api/x")).status, 500);
  assert.ok(performance.now() - started < 2000);
  assert.match(String(logged[0]!.error), /nests deeper than 5/);
});

test("case 22: no prefix of a path is taken for something else", async () => {
  const { get } = client(app([endpoint("/api", { GET: () => "api" }), endpoint("/api/*rest", { GET: () => "rest" })], { base: "/api" }));
  for (const path of ["/apihttp://10.0.0.1/", "/apihttp:%2f%2f10.0.0.1", "/api.evil", "/apix"]) assert.ok([308, 400, 404].includes((await get(path)).status), path);
  const moved = await get("/apihttp://10.0.0.1/");
  assert.match(moved.headers.get("location") ?? "/", /^\/apihttp:\/10\.0\.0\.1$|^\/$/);
  assert.equal((await get(moved.headers.get("location") ?? "/x")).status, 404);
});

test("case 23: no param says to which host a redirect leads", async () => {
  const leads = (url: (x: string) => string) => (_p: object, _s: unknown, view: View) => redirect(url(String(view.params["x"])));
  const post = (url: (x: string) => string) => ({ GET: (request: Request & { params: { x: string } }) => redirect(url(request.params.x)) });
  const routes = [page("/h/:x", leads((x) => `https://${x}/`)), page("/r/:x", leads((x) => `//${x}/`)), page("/w/:x", leads((x) => x)), page("/p/:x", leads((x) => `/${x}/y`)), endpoint("/e/:x", post((x) => `https://${x}.cdn.example/`))];
  const { get } = client(app(routes, { site: "https://own.example" }));
  for (const value of ["evil.example", "https:%20evil.example", "169.254.169.254", "own.example@evil.example", "%09evil.example", "javascript:alert(1)", "https:evil.example"]) {
    for (const path of ["/h/", "/r/", "/w/", "/p/", "/e/"]) {
      const got = await get(path + value);
      const to = new URL(got.headers.get("location") ?? "/", "https://own.example");
      assert.equal(to.origin, "https://own.example", `${path}${value} leads to ${to.href}`);
      if (path === "/h/" || path === "/r/" || path === "/e/") assert.equal(got.status, 500, path + value);
    }
  }
});

test("case 24: no request makes the server fetch an image of a host that it names", async () => {
  let asked = 0;
  const host = createServer((_request, response) => { asked++; response.writeHead(200, { "content-type": "image/png" }).end("x"); });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const own = await serverOf(app([page("/", () => text("home")), page("/p", () => text("kept"), { mode: "isr", revalidate: 10 })]), { "static/a.png": "png" });
  const image = `http://127.0.0.1:${(host.address() as AddressInfo).port}/x.png`;
  try {
    const escaped = encodeURIComponent(image);
    for (const path of ["/_image", "/_velox/image", "/_next/image", "/_ipx/w_10", "/_vercel/image", "/cdn-cgi/image/width=10", "/.netlify/images", "/", "/p", "/a.png"]) {
      for (const query of [`?url=${escaped}&w=64&q=75`, `?href=${escaped}`, `?src=${escaped}`, `/${escaped}`, `/${image}`]) await rawGet(own.port, path + query, { accept: "image/webp" });
    }
    assert.equal(asked, 0);
  } finally {
    await own.stop();
    host.close();
  }
});

test("case 25: credentials are gone at the second hop of a cross-origin redirect", async () => {
  const hops: (string | undefined)[] = [];
  const second = createServer((request, response) => { hops.push(request.headers.authorization, request.headers.cookie); response.end("x"); });
  await new Promise<void>((resolve) => second.listen(0, "127.0.0.1", resolve));
  const first = createServer((request, response) => { hops.push(request.headers.authorization); response.writeHead(307, { location: `http://127.0.0.1:${(second.address() as AddressInfo).port}/` }).end(); });
  await new Promise<void>((resolve) => first.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}/`;
    const { get } = client(app([endpoint("/", { GET: async () => (await serverFetch(url, { headers: { authorization: "t", cookie: "c" } })).text() })]));
    assert.equal((await get("/")).text, "x");
    assert.deepEqual(hops, ["t", undefined, undefined]);
  } finally {
    first.closeAllConnections(); first.close(); second.closeAllConnections(); second.close();
  }
});

test("case 31: a guard's redirect is kept by nobody", async () => {
  const middleware = defineMiddleware(() => Response.redirect("http://localhost/login", 302));
  const { get } = client(app([page("/", () => "x", { mode: "isr", revalidate: 60 })], { middleware: async () => ({ default: middleware }) }));
  assert.equal((await get("/")).headers.get("cache-control"), "no-store");
});

test("case 32: a malformed condition on a hashed file is no error", async () => {
  const server = await serverOf(app([]), { "static/_velox/a.css": "a{}" });
  try {
    for (const name of ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range"]) {
      const got = await rawGet(server.port, "/_velox/a.css", { [name]: "garbage" });
      assert.ok([200, 412].includes(got.status), `${name} ${got.status}`);
    }
  } finally {
    await server.stop();
  }
});

test("case 33: a missing hashed file is not immutable", async () => {
  const server = await serverOf(app([page("/*all", () => "page")]), { "static/_velox/a.css": "a{}" });
  try {
    const got = await rawGet(server.port, "/_velox/gone.css");
    assert.equal(got.status, 404);
    assert.match(got.head, /cache-control: no-store/i);
  } finally {
    await server.stop();
  }
});
