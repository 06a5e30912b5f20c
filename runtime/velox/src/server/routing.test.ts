// Paths, routes and hosts (R2, R4, SSR-3, SSR-4, SSR-5, SSG-7).

import assert from "node:assert/strict";
import { test } from "node:test";
import { app, bodyOf, client, page, segmentsOf } from "../testing/app.js";
import { text, type View } from "../internal.js";
import { Hosts } from "./hosts.js";
import { encodeSegment, readTarget } from "./path.js";
import { Router } from "./router.js";

const routerOf = (...patterns: string[]): Router => new Router(patterns.map((pattern) => page(pattern, () => "")));

function matched(router: Router, path: string): [string, object] | null {
  const target = readTarget(path);
  const match = target === null ? null : router.match(target.path.segments);
  return match === null ? null : [match.route.pattern, { ...match.params }];
}

test("R2 more specific patterns win, segment by segment", () => {
  const orders = [
    ["/", "/blog", "/blog/new", "/blog/:slug", "/blog/:slug/edit", "/docs/*path", "/docs/:id", "/:lang?/about", "/*rest?"],
  ];
  orders.push([...orders[0]!].reverse());
  for (const patterns of orders) {
    const router = routerOf(...patterns);
    const table: [string, [string, object]][] = [
      ["/", ["/", {}]],
      ["/blog", ["/blog", {}]],
      ["/blog/new", ["/blog/new", {}]],
      ["/blog/other", ["/blog/:slug", { slug: "other" }]],
      ["/blog/new/edit", ["/blog/:slug/edit", { slug: "new" }]],
      ["/docs/a", ["/docs/:id", { id: "a" }]],
      ["/docs/a/b", ["/docs/*path", { path: ["a", "b"] }]],
      ["/about", ["/:lang?/about", {}]],
      ["/de/about", ["/:lang?/about", { lang: "de" }]],
      ["/x/y/z", ["/*rest?", { rest: ["x", "y", "z"] }]],
      ["/docs", ["/*rest?", { rest: ["docs"] }]],
      ["/blog/a/b", ["/*rest?", { rest: ["blog", "a", "b"] }]],
    ];
    for (const [path, wanted] of table) assert.deepEqual(matched(router, path), wanted, path);
  }
});

test("R2 optional and catch-all at the end", () => {
  const router = routerOf("/blog/:page?", "/all/*rest", "/opt/*rest?");
  assert.deepEqual(matched(router, "/blog"), ["/blog/:page?", {}]);
  assert.deepEqual(matched(router, "/blog/2"), ["/blog/:page?", { page: "2" }]);
  assert.equal(matched(router, "/blog/2/3"), null);
  assert.equal(matched(router, "/all"), null);
  assert.deepEqual(matched(router, "/opt"), ["/opt/*rest?", { rest: [] }]);
});

test("R2 a promising branch that ends in nothing leads back", () => {
  const router = routerOf("/a/b/c", "/a/:x/d", "/:y/b/e", "/*all");
  assert.deepEqual(matched(router, "/a/b/d"), ["/a/:x/d", { x: "b" }]);
  assert.deepEqual(matched(router, "/a/b/e"), ["/:y/b/e", { y: "a" }]);
  assert.deepEqual(matched(router, "/a/b/f"), ["/*all", { all: ["a", "b", "f"] }]);
});

test("R2 many optional segments end in time", () => {
  const router = routerOf("/" + Array.from({ length: 20 }, (_, i) => `:p${i}?`).join("/") + "/end");
  const started = performance.now();
  router.match(Array.from({ length: 19 }, () => "x"));
  assert.ok(performance.now() - started < 200);
});

test("SSR-4 R4 one canonical form: decoded once, or refused", () => {
  const table: [string, string | null, string[]?][] = [
    ["/", "/", []],
    ["/a/b", "/a/b", ["a", "b"]],
    ["/%61dmin", "/admin", ["admin"]],
    ["/%2561dmin", "/%2561dmin", ["%61dmin"]],
    ["/a/../b", "/b", ["b"]],
    ["/a/%2e%2e/b", "/b", ["b"]],
    ["/a%20b", "/a%20b", ["a b"]],
    ["/é", "/%C3%A9", ["é"]],
    ["/%c3%a9", "/%C3%A9", ["é"]],
    ["/a?x=1#y", "/a", ["a"]],
    ["/a;b=c@d", "/a;b=c@d", ["a;b=c@d"]],
    ["/a%2fb", null], ["/a%2Fb", null], ["/a%5cb", null], ["/a%00", null], ["/%E0%A4%A", null], ["/%ff", null], ["/%", null],
    ["/%zz", null], ["/%c0%ae", null], ["*", null], ["", null], ["a", null], ["http://x/", null],
  ];
  for (const [target, path, segments] of table) {
    const got = readTarget(target)?.path ?? null;
    assert.equal(got?.path ?? null, path, target);
    if (segments !== undefined) assert.deepEqual(got!.segments, segments, target);
  }
});

test("SSR-4 the canonical form is its own canonical form", () => {
  for (const segment of ["a", "a b", "é", "%", "a%2fb", "a+b", "?", "#", "a;b", "\u0001", "~", "'", "(", "[", "|", "\u{1f600}"]) {
    const path = "/" + encodeSegment(segment);
    assert.deepEqual(readTarget(path)?.path.segments, [segment]);
    assert.equal(readTarget(path)?.path.path, path);
  }
});

const show = (_props: object, _slots: unknown, view: View) => text(JSON.stringify(view.params)) + text(" " + view.url.pathname + view.url.search);

test("SSR-5 params have no prototype and names keep their text", async () => {
  const proto = { ...page("/x/:a", (_p: object, _s: unknown, view: View) => {
    assert.equal(Object.getPrototypeOf(view.params), null);
    return text(JSON.stringify(Object.entries(view.params)));
  }), segments: [{ kind: "static" as const, value: "x" }, { kind: "param" as const, name: "__proto__" }] };
  const { get } = client(app([proto, page("/:any", show)]));
  assert.equal(bodyOf((await get("/x/__proto__")).text), '[["__proto__","__proto__"]]');
  assert.equal(bodyOf((await get("/constructor")).text), '{"any":"constructor"} /constructor');
  assert.equal(({} as Record<string, unknown>)["x"], undefined);
});

test("SSG-7 the other form answers 308 to a path of this site", async () => {
  const never = client(app([page("/a", show), page("/", show), page("/:x", show)]));
  assert.equal((await never.get("/a")).status, 200);
  const moved = await never.get("/a/?q=1");
  assert.equal(moved.status, 308);
  assert.equal(moved.headers.get("location"), "/a?q=1");
  assert.equal((await never.get("/")).status, 200);
  const always = client(app([page("/a", show), page("/", show)], { trailingSlash: "always" }));
  assert.equal((await always.get("/a")).headers.get("location"), "/a/");
  assert.equal(bodyOf((await always.get("/a/")).text), "{} /a/");
  assert.equal((await always.get("/nothing")).status, 404);
  const ignore = client(app([page("/a", show)], { trailingSlash: "ignore" }));
  assert.equal((await ignore.get("/a")).status, 200);
  assert.equal((await ignore.get("/a/")).status, 200);
  assert.equal((await never.get("//a//b")).headers.get("location"), "/a/b");
});

test("R4 a value that does not decode gives 400", async () => {
  const { get } = client(app([page("/:x", show)]));
  for (const path of ["/%E0%A4%A", "/%ff", "/a%00", "/a%2fb"]) assert.equal((await get(path)).status, 400, path);
  assert.equal(bodyOf((await get("/%2541")).text), '{"x":"%41"} /%2541');
});

const source = (headers: Record<string, string>, scheme: "http" | "https" = "http") => ({
  scheme, ip: "10.0.0.9", header: (name: string) => headers[name] ?? null,
});

test("SSR-3 hosts: the site, else what is allowed, else nothing", () => {
  const closed = new Hosts({ site: null, allowedHosts: [], trustProxy: 0 });
  assert.equal(closed.origin(source({ host: "localhost:3700" })), "http://localhost:3700");
  assert.equal(closed.origin(source({ host: "127.0.0.1" })), "http://127.0.0.1");
  assert.equal(closed.origin(source({ host: "[::1]:1" })), "http://[::1]:1");
  for (const host of ["evil", "localhost.evil", "evil:80", "", "a:80/x?@b", "localhost/@x", "user@localhost", "localhost:", "localhost:999999", "a b"]) {
    assert.equal(closed.origin(source({ host })), null, host);
  }
  assert.equal(closed.origin(source({})), null);
  const open = new Hosts({ site: null, allowedHosts: ["example.com", "*.wild.test", "port.test:81"], trustProxy: 0 });
  const table: [string, boolean][] = [
    ["example.com", true], ["EXAMPLE.com", true], ["example.com:8080", true], ["a.example.com", false], ["evilexample.com", false],
    ["a.wild.test", true], ["a.b.wild.test", true], ["wild.test", false], ["evilwild.test", false], ["port.test:81", true], ["port.test", false],
    ["example.com.evil", false],
  ];
  for (const [host, allowed] of table) assert.equal(open.origin(source({ host })) !== null, allowed, host);
  const site = new Hosts({ site: "https://s.example", allowedHosts: [], trustProxy: 0 });
  assert.equal(site.origin(source({ host: "evil" })), "https://s.example");
});

test("SSR-3 proxy headers count as far as they are trusted", () => {
  const settings = { site: null, allowedHosts: ["pub.example"] };
  const headers = { host: "localhost", "x-forwarded-host": "pub.example", "x-forwarded-proto": "https", "x-forwarded-for": "1.1.1.1, 2.2.2.2, 3.3.3.3" };
  assert.equal(new Hosts({ ...settings, trustProxy: 0 }).origin(source(headers)), "http://localhost");
  assert.equal(new Hosts({ ...settings, trustProxy: 0 }).clientIp(source(headers)), "10.0.0.9");
  assert.equal(new Hosts({ ...settings, trustProxy: 1 }).origin(source(headers)), "https://pub.example");
  assert.equal(new Hosts({ ...settings, trustProxy: 1 }).clientIp(source(headers)), "3.3.3.3");
  assert.equal(new Hosts({ ...settings, trustProxy: 2 }).clientIp(source(headers)), "2.2.2.2");
  assert.equal(new Hosts({ ...settings, trustProxy: 9 }).clientIp(source(headers)), "1.1.1.1");
  assert.equal(new Hosts({ ...settings, trustProxy: 1 }).origin(source({ ...headers, "x-forwarded-host": "a:80/x?@b" })), null);
});

test("patterns of tests read as they should", () => {
  assert.deepEqual(segmentsOf("/a/:b?/*c"), [{ kind: "static", value: "a" }, { kind: "optional", name: "b" }, { kind: "rest", name: "c" }]);
});
