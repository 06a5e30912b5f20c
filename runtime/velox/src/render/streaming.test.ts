// Pages that leave in parts (STR-1 to STR-5, runtime.md section 5): what is sent, in which order, and how it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { head, html, map, suspense, text, type View } from "../internal.js";
import { NotFound, notFound, redirect } from "../server/control-flow.js";
import { app, bodyOf, client, errorPage, page, render, type Block } from "../testing/app.js";
import { Runtime } from "../server/runtime.js";
import { fromRequest } from "../server/incoming.js";
import { after, boundary, gate, later, never, open, plain, shellBody, type Opening } from "../testing/streamed-page.js";
import { lateHeadScript } from "./inline-scripts.js";
import { renderScope } from "./scope.js";

test("STR-1 the shell leaves at once, boundaries in the order in which they come", async () => {
  const [a, b] = [gate(), gate()];
  const { next, streamed, header } = await open(() => "<h1>" + boundary(a.promise) + "</h1>" + boundary(b.promise));
  assert.equal(streamed, true);
  assert.equal(header("x-accel-buffering"), "no");
  assert.equal(header("content-length"), null);
  assert.equal(header("etag"), null);
  const shell = await next();
  assert.match(shell!, /<head>[^]*<script>[^<]*MutationObserver/);
  assert.equal(shellBody(shell), "<h1><!--[1-->wait<!--1]--></h1><!--[2-->wait<!--2]-->");
  b.open("<B>");
  assert.equal(plain(await next()), '<template data-v="2">&lt;B&gt;</template><!--2.-->');
  a.open("A");
  assert.equal(plain(await next()), '<template data-v="1">A</template><!--1.-->');
  assert.equal(await next(), "</body></html>");
  assert.equal(await next(), null);
});

test("STR-1 what is there within one tick needs no fallback and no script", async () => {
  const got = await open(() => boundary("now") + boundary(Promise.resolve("soon")) + boundary((async () => { await null; return "so"; })()));
  assert.equal(got.streamed, false);
  assert.equal(bodyOf((await got.next())!), "nowsoonso");
});

test("boundaries that come within one tick leave together", async () => {
  const [a, b] = [gate(), gate()];
  const { next } = await open(() => boundary(a.promise) + boundary(b.promise));
  await next();
  const second = next();
  a.open("A");
  b.open("B");
  assert.equal(plain(await second), '<template data-v="1">A</template><!--1.--><template data-v="2">B</template><!--2.-->');
});

test("a boundary inside of another one leaves after it, or with it", async () => {
  const nested = (outer: Promise<string>, inner: Promise<string>): string =>
    suspense({ fallback: () => "o" }, () => "<b>" + text(outer) + suspense({ fallback: () => "i" }, () => text(inner)) + "</b>");
  const first = [gate(), gate()] as const;
  const outerFirst = await open(() => nested(first[0].promise, first[1].promise));
  assert.equal(shellBody(await outerFirst.next()), "<!--[1-->o<!--1]-->");
  first[0].open("O");
  assert.equal(plain(await outerFirst.next()), '<template data-v="1"><b>O<!--[2-->i<!--2]--></b></template><!--1.-->');
  first[1].open("I");
  assert.equal(plain(await outerFirst.next()), '<template data-v="2">I</template><!--2.-->');
  const second = [gate(), gate()] as const;
  const innerFirst = await open(() => nested(second[0].promise, second[1].promise));
  await innerFirst.next();
  second[1].open("I");
  await later(0);
  second[0].open("O");
  assert.deepEqual((await innerFirst.rest()).map(plain), ['<template data-v="1"><b>OI</b></template><!--1.-->', "</body></html>"]);
});

test("a boundary that an async component prints comes after its outer one", async () => {
  const inner = gate();
  const list = async () => { await after(0); return html("<ul>" + boundary(inner.promise) + "</ul>"); };
  const { next } = await open(() => suspense({ fallback: () => "wait" }, () => text(list())));
  assert.equal(shellBody(await next()), "<!--[1-->wait<!--1]-->");
  assert.equal(plain(await next()), '<template data-v="1"><ul><!--[2-->wait<!--2]--></ul></template><!--1.-->');
  inner.open("I");
  assert.equal(plain(await next()), '<template data-v="2">I</template><!--2.-->');
});

test("STR-2 an error is shown where the boundary stands, by the nearest `error`, and the others arrive", async () => {
  const [a, b, c] = [gate(), gate(), gate()];
  const { next, logged } = await open(() =>
    boundary(a.promise, { error: (error) => "<i>" + text((error as Error).message) + "</i>" }) +
    suspense({ fallback: () => "o", error: () => "around" }, () => "x" + boundary(b.promise)) + boundary(c.promise));
  assert.equal(shellBody(await next()), "<!--[1-->wait<!--1]-->x<!--[2-->wait<!--2]--><!--[3-->wait<!--3]-->".replace("x<!--[2-->", "x<!--[2-->"));
  a.fail(new Error("secret"));
  const failed = plain(await next());
  assert.match(failed, /^<template data-v="1" data-e="[0-9a-f]{12}"><i>Internal Server Error<\/i><\/template><!--1\.-->$/);
  assert.ok(!failed.includes("secret"));
  assert.deepEqual(logged.map((entry) => [(entry.error as Error).message, entry.digest]), [["secret", /data-e="(\w+)"/.exec(failed)![1]]]);
  b.fail(new Error("inner"));
  assert.match(plain(await next()), /^<template data-v="2" data-e="\w+">around<\/template>/);
  c.open("C");
  assert.match(plain(await next()), /^<template data-v="3">C</);
  assert.equal(logged.length, 2);
});

test("STR-2 without an `error` the route's error page is shown in place; without that the fallback stays", async () => {
  const a = gate();
  const errors = [errorPage((props: { error: { message: string; digest: string }; status: number }) => () =>
    `<h2>${props.status} ${props.error.message}</h2>` + text(later("!")))];
  const shown = await open(() => boundary(a.promise), { settings: { errors } });
  await shown.next();
  a.fail(new Error("secret"));
  assert.match(plain(await shown.next()), /^<template data-v="1" data-e="\w+"><h2>500 Internal Server Error<\/h2>!<\/template><!--1\.-->$/);
  const b = gate();
  const kept = await open(() => boundary(b.promise));
  await kept.next();
  b.fail(new Error("secret"));
  assert.match(plain(await kept.next()), /^<template data-v="1" data-e="\w+"><\/template><!--1\.-->$/);
  assert.equal(await kept.next(), "</body></html>");
});

test("STR-2 an `error` that gives nothing takes the fallback away all the same", async () => {
  const a = gate();
  const { next } = await open(() => boundary(a.promise, { error: () => "" }));
  await next();
  a.fail(new Error("x"));
  assert.match(plain(await next()), /data-e="\w+"><!----><\/template>/);
});

test("STR-2 an `error` with promises, and one that fails itself", async () => {
  const [a, b] = [gate(), gate()];
  const { next, logged } = await open(() =>
    boundary(a.promise, { error: () => "<b>" + text(later("late", 3)) + "</b>" }) +
    suspense({ error: () => "around" }, () => boundary(b.promise, { error: () => text(later(0).then(() => { throw new Error("twice"); })) })));
  await next();
  a.fail(new Error("one"));
  assert.match(plain(await next()), />?<b>late<\/b><\/template>/);
  b.fail(new Error("two"));
  assert.match(plain(await next()), /data-e="\w+">around</);
  assert.deepEqual(logged.map(({ error }) => (error as Error).message), ["one", "two", "twice"]);
});

test("before the shell leaves, an error that nobody shows is the page's, and so are redirects and not-found", async () => {
  const slow = { then: (resolve: (value: string) => void) => void setTimeout(resolve, 15, "slow") };
  const fails = await open(() => text(slow) + boundary(later(0).then(() => { throw new Error("early"); })));
  assert.deepEqual([fails.answer.status, fails.streamed], [500, false]);
  const gone = await open(() => text(slow) + boundary(later(0).then(() => { throw new NotFound(); }), { error: () => "never" }));
  assert.equal(gone.answer.status, 404);
  const moved = await open(() => text(slow) + boundary(later(0).then(() => { throw redirect("/there"); })));
  assert.deepEqual([moved.answer.status, moved.header("location")], [302, "/there"]);
  const atOnce = await open(() => suspense({}, () => { throw notFound(); }));
  assert.equal(atOnce.answer.status, 404);
});

test("SSR-8 after the shell a redirect or a not-found is a logged error in the boundary", async () => {
  const [a, b] = [gate(), gate()];
  const { next, answer, logged } = await open(() => boundary(a.promise, { error: () => "E" }) + boundary(b.promise, { error: () => "E" }));
  await next();
  assert.equal(answer.status, 200);
  a.fail(redirect("/there"));
  assert.match(plain(await next()), /data-e="\w+">E</);
  b.fail(notFound());
  assert.match(plain(await next()), /data-e="\w+">E</);
  assert.deepEqual(logged.map(({ error }) => (error as Error).message), [
    "a redirect to /there came out of a <Suspense> after the page's shell had been sent with its status; decide it in the server block",
    "status 404 came out of a <Suspense> after the page's shell had been sent with its status; decide it in the server block",
  ]);
});

test("STR-3 what does not come in time takes the error path, and the response ends", async () => {
  const { next, rest, logged } = await open(() => boundary(never, { error: () => "late" }) + boundary(never), { app: { streamTimeout: 0.02 } });
  await next();
  const parts = (await rest()).map(plain).join("");
  assert.match(parts, /^<template data-v="1" data-e="\w+">late<\/template><!--1\.--><template data-v="2" data-e="\w+"><\/template><!--2\.--><\/body><\/html>$/);
  assert.match((logged[0]!.error as Error).message, /did not come within 0.02 seconds \(`server.streamTimeout`\)/);
  const whole = await open(() => boundary(never, { error: () => "late" }), { app: { streamTimeout: 0.02 }, settings: { } , headers: { "user-agent": "Googlebot/2.1" } });
  assert.match((await whole.rest()).join(""), /late<\/body>/);
});

test("STR-4 in ssg and isr everything is in place: no script, no fallback, no comment", async () => {
  const block = () => boundary(later("<a>", 3)) + suspense({ fallback: () => "wait" }, () => "<b>" + boundary(later("x", 5)) + "</b>");
  for (const mode of ["ssg", "isr"] as const) {
    const runtime = new Runtime(app([page("/", block, { mode, revalidate: 60 })]));
    const made = await runtime.renderShared(runtime.router.match([])!, "/");
    assert.ok(!(made instanceof Response) && made.stream === undefined);
    assert.equal(bodyOf(made.html), "&lt;a&gt;<b>x</b>");
    assert.ok(!made.html.includes("<script"));
  }
});

test("`stream: 'ordered'` sends the document in its order, `'off'` all of it at once", async () => {
  const [a, b] = [gate(), gate()];
  const block = (): string => "<p>1</p>" + boundary(a.promise) + "<p>2</p>" + suspense({}, () => "(" + text(b.promise) + boundary(later("n", 3)) + ")") + "<p>3</p>";
  const ordered = { ...page("/", block), stream: "ordered" as const };
  const handler = client(app([ordered])).handler;
  const response = await handler(new Request("http://localhost/"));
  const reader = response.body!.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  assert.match(await next(), /<head>(?!.*<script).*<body><p>1<\/p>$/);
  b.open("B");
  await later(0, 5);
  a.open("A");
  assert.equal(await next(), "A<p>2</p>(Bn)<p>3</p>");
  assert.equal(await next(), "</body></html>");
  const off = await client(app([{ ...ordered, stream: "off" as const }])).get("/");
  assert.equal(bodyOf(off.text), "<p>1</p>A<p>2</p>(Bn)<p>3</p>");
  assert.equal(off.headers.get("x-accel-buffering"), null);
});

test("an error in ordered mode is shown in its place; without an `error` or an error page the fallback is", async () => {
  const failing = (): Promise<string> => after("").then(() => { throw new Error("x"); });
  const got = await open(() => boundary(failing(), { error: () => "E" }) + "|" + boundary(failing()), { headers: { "sec-purpose": "prefetch" } });
  assert.equal(bodyOf((await got.rest()).join("")), "E|wait");
});

test("readers that run no script get the document in its order", async () => {
  const of = async (headers: HeadersInit) => (await open(() => boundary(after("x")), { headers })).rest().then((parts) => parts.join(""));
  const readers: HeadersInit[] = [
    { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }, { "user-agent": "facebookexternalhit/1.1" },
    { "sec-purpose": "prefetch" }, { "sec-purpose": "prefetch;prerender" }, { "sec-fetch-dest": "empty" },
  ];
  for (const headers of readers) assert.equal(bodyOf(await of(headers)), "x", JSON.stringify(headers));
  const browsers: HeadersInit[] = [
    {}, { "sec-fetch-dest": "document" }, { "sec-fetch-dest": "iframe" }, { "user-agent": "Mozilla/5.0 (X11; Linux) Chrome/140 Cubot/1" },
  ];
  for (const headers of browsers) assert.match(await of(headers), /<template data-v=/, JSON.stringify(headers));
});

test("HEAD has the status and headers of GET, no body, and ends what is pending", async () => {
  let signal: AbortSignal | undefined;
  const got = await open((_p, _s, view: View) => { signal = view.request.signal; return boundary(never); }, { method: "HEAD" });
  assert.deepEqual([got.answer.status, got.answer.body, got.header("x-accel-buffering")], [200, null, "no"]);
  assert.equal(got.runtime.streams.size, 0);
  assert.equal(signal!.aborted, true);
});

test("case 57 a client that leaves ends the page: signal, listeners, timers, and errors that come after", async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", listen);
  const late = gate();
  let signal: AbortSignal | undefined;
  let ended = 0;
  const got = await open((_p, _s, view: View) => {
    signal = view.request.signal;
    renderScope("test").render.onEnd(() => void ended++);
    return boundary(late.promise) + boundary(never) + boundary(later(0, 1).then(() => boundary(never)));
  });
  await got.next();
  assert.deepEqual([got.runtime.streams.size, signal!.aborted, ended], [1, false, 0]);
  await got.reader!.cancel();
  assert.deepEqual([got.runtime.streams.size, signal!.aborted, ended], [0, true, 1]);
  late.fail(new Error("too late"));
  await later(0, 5);
  assert.deepEqual([got.logged, unhandled], [[], []]);
  process.off("unhandledRejection", listen);
});

test("SSR-2 request.signal does not abort after a normal end", async () => {
  let signal: AbortSignal | undefined;
  const got = await open((_p, _s, view: View) => { signal = view.request.signal; return boundary(after("x")); });
  await got.rest();
  assert.equal(signal!.aborted, false);
  assert.equal(got.runtime.streams.size, 0);
});

test("a server that ends gives boundaries some time, then the error path", async () => {
  const soon = gate();
  const got = await open(() => boundary(soon.promise) + boundary(never, { error: () => "ended" }));
  await got.next();
  got.runtime.streams.end(15);
  soon.open("S");
  const parts = (await got.rest()).map(plain).join("");
  assert.match(parts, /^<template data-v="1">S<\/template><!--1\.--><template data-v="2" data-e="\w+">ended<\/template><!--2\.--><\/body><\/html>$/);
});

test("case 54 backpressure: nothing is made for a client that does not read, and little waits for it", async () => {
  const big = "x".repeat(100_000);
  let printed = 0;
  const slow = (at: number): Promise<unknown> => later(0, 20 + at).then(() => ({ toString: () => (printed++, big) }));
  const got = await open(() => map<number>(Array.from({ length: 20 }, (_, at) => at), (at) => boundary(slow(at))));
  await later(0, 60);
  const first = await got.next();
  assert.ok(first!.length <= 16 * 1024);
  await got.next();
  const before = printed;
  await later(0, 20);
  assert.equal(printed, before);
  const sizes = (await got.rest()).map((part) => part.length);
  assert.ok(Math.max(...sizes) <= 16 * 1024);
  assert.equal(printed, 20);
});

test("middleware that replaces the page ends it; one that keeps its body streams it", async () => {
  const started = gate<Runtime>();
  const of = (middleware: (request: Request, next: () => Promise<Response>) => unknown) => {
    const runtime = new Runtime(app([page("/", () => boundary(later("x", 5)))], { middleware: async () => ({ default: middleware }) }));
    started.open(runtime);
    return { runtime, answer: runtime.respond(fromRequest(new Request("http://localhost/"), "")) };
  };
  const replaced = of(async (_request, next) => { await next(); return new Response("other"); });
  assert.equal(await new Response((await replaced.answer).body as ReadableStream).text(), "other");
  await later(0);
  assert.equal(replaced.runtime.streams.size, 0);
  const headed = of(async (_request, next) => { const made = await next(); return new Response(made.body, { headers: { "content-type": "text/html", "x-a": "1" } }); });
  assert.match(await ((await headed.answer) as Response).text(), /<template data-v="[^"]+">x</);
  const thrown = of(async (_request, next) => { await next(); throw redirect("/login"); });
  assert.equal((await thrown.answer).status, 302);
  await later(0);
  assert.equal(thrown.runtime.streams.size, 0);
});

test("a cookie that is set after the shell is an error in its boundary", async () => {
  const a = gate();
  const got = await open((_p, _s, view: View) =>
    suspense({ error: () => "E" }, async () => { await a.promise; (view.request.cookies as unknown as { set(name: string, value: string): void }).set("a", "b"); return "x"; }));
  await got.next();
  a.open("");
  assert.match(plain(await got.next()), /data-e="\w+">E</);
  assert.match((got.logged[0]!.error as Error).message, /cookie "a" cannot be set or deleted: the page's shell has been sent/);
});

test("case 42 no text and no HTML of a user names a boundary", async () => {
  const texts = ["<!--[x3-->", "<!--x3]-->", '<template data-v="1">', "<!--1.-->"];
  const a = gate<unknown>();
  const { next, rest } = await open(() => text(texts) + boundary(a.promise));
  const shell = await next();
  assert.equal(plain(shell).match(/<!--/g)!.length, 2);
  const prefix = /<!--\[(v[0-9a-f]{12}-)1-->/.exec(shell!)![1]!;
  a.open(html("<!--1]--><!--x3]-->"));
  assert.ok((await rest()).join("").startsWith(`<template data-v="${prefix}1"><!--1]--><!--x3]--></template><!--${prefix}1.-->`));
  const other = await open(() => boundary(after("x")));
  assert.ok(!(await other.next())!.includes(prefix));
});

test("content of an <svg> is wrapped for the parser", async () => {
  const svg = (inner: string): string => `<svg width="0" height="0" data-v="1">${inner}</svg>`;
  const template = (inner: string): string => `<template data-v="1">${inner}</template>`;
  const table: [unknown, Parameters<typeof suspense>[0], string][] = [
    [html("<circle></circle>"), {}, svg("<circle></circle>")], [html("<!-- c --> <g></g>"), {}, svg("<!-- c --> <g></g>")],
    ["text", { place: "svg" }, svg("text")], [html("<a></a>"), { place: "svg" }, svg("<a></a>")],
    [html("<mi></mi>"), { place: "math" }, '<math width="0" height="0" data-v="1"><mi></mi></math>'],
    [html("<svg></svg>"), {}, template("<svg></svg>")], [html("<tr></tr>"), {}, template("<tr></tr>")],
    [html("<a></a>"), {}, template("<a></a>")], ["", { place: "svg" }, template("")],
  ];
  for (const [content, options, wanted] of table) {
    const { next } = await open(() => boundary(after(content), options));
    await next();
    assert.equal(plain(await next()), wanted + "<!--1.-->");
  }
});

test("where no comment may stand a boundary is waited for", async () => {
  const got = await open(() => "<textarea>" + boundary(later("x", 3), { place: "text" }) + "</textarea>");
  assert.equal(bodyOf((await got.rest()).join("")), "<textarea>x</textarea>");
});

test("a layout's own document is cut before the end of its body", async () => {
  const layout = () => "<!DOCTYPE html><html><head></head><body><main>" + boundary(after("x")) + "</main>\n</body>\n</html>\n";
  const { next } = await open(() => "", { settings: { layouts: [layout] } });
  assert.match(plain(await next()), /^<!DOCTYPE html><html><head><script>.*<\/script><\/head><body><main><!--\[1-->wait<!--1\]--><\/main>\n$/);
  assert.match(plain(await next()), /^<template/);
  assert.equal(await next(), "</body>\n</html>\n");
});

test("parts of the framework leave with the shell, and with each chunk what is new", async () => {
  const [a, b] = [gate(), gate()];
  const asked: (string | null)[] = [];
  const { next } = await open(() => {
    renderScope("test").render.onFlush({ head: () => "<link>", body: (id) => (asked.push(id), `<i>${asked.length}</i>`) });
    return boundary(a.promise) + boundary(b.promise);
  });
  const shell = await next();
  assert.match(shell!, /<link><script>/);
  assert.match(shell!, /<i>1<\/i>$/);
  a.open("A");
  assert.equal(plain(await next()), '<template data-v="1">A<i>2</i></template><!--1.-->');
  b.open("B");
  assert.equal(plain(await next()), '<template data-v="2">B<i>3</i></template><!--2.-->');
  assert.deepEqual(asked.map((id) => plain(id ?? "shell")), ["shell", "1", "2"]);
});

test("case 16 nonces are made here, one for each response, and only where they are asked for", async () => {
  const asks = (_p: object, _s: unknown, view: View) => { const { nonce } = view.request; return text(nonce) + boundary(after("x")); };
  const nonceOf = async (block: Block, options: Opening = {}) => {
    const got = await open(block, { headers: { "x-nonce": "evil", "content-security-policy": "script-src 'nonce-evil'" }, ...options });
    const shell = (await got.next())!;
    await got.rest();
    return { nonce: /<script nonce="([^"]+)">/.exec(shell)?.[1] ?? null, policy: got.header("content-security-policy"), shell };
  };
  const one = await nonceOf(asks);
  assert.match(one.nonce!, /^[A-Za-z0-9+/]{22}==$/);
  assert.equal(one.policy, null);
  assert.ok(one.shell.includes(`<body>${one.nonce}`));
  assert.notEqual((await nonceOf(asks)).nonce, one.nonce);
  assert.equal((await nonceOf(() => boundary(after("x")))).nonce, null);
  const strict = await nonceOf(() => boundary(after("x")), { app: { csp: true } });
  assert.equal(strict.policy, `script-src 'self' 'nonce-${strict.nonce}'; object-src 'none'; base-uri 'self'`);
  const own = await nonceOf(() => boundary(after("x")), { app: { csp: "default-src 'self'; img-src *" } });
  assert.equal(own.policy, `default-src 'self'; img-src *; script-src 'self' 'nonce-${own.nonce}'; style-src 'self' 'unsafe-hashes' 'sha256-BDgIqUOjni0WelhOfIRW4cmSnxZNAa0L9tCq85UnRac='`);
});

/** A boundary whose content comes later, with something for the head. */
const titled = (content: unknown, ...said: [key: string | null, html: string][]): string =>
  suspense({ fallback: () => "wait" }, () => head(said.map(([key, one]) => ({ key, html: one }))) + text(content));

test("T10 late content says something of the head: an element in its chunk, and the script once", async () => {
  const [a, b] = [gate(), gate()];
  const { next } = await open(() => titled(a.promise, ["title", "<title>A</title>"]) + titled(b.promise, [null, "<style>b{}</style>"]));
  assert.doesNotMatch(plain(await next()), /velox-head/);
  a.open("a");
  assert.equal(plain(await next()), `<script>${lateHeadScript.source}</script><template data-v="1">a<velox-head><title>A</title></velox-head></template><!--1.-->`);
  b.open("b");
  assert.equal(plain(await next()), '<template data-v="2">b<velox-head><style>b{}</style></velox-head></template><!--2.-->');
});

test("T10 in any order the last in the document counts, and the inner block before the outer one", async () => {
  const gates = [gate(), gate(), gate()];
  const block = () => () =>
    titled(gates[0]!.promise, ["title", "<title>first</title>"], ["meta:name:a", "<meta name=a>"]) +
    suspense({ fallback: () => "wait" }, () => text(gates[1]!.promise.then(() => html(titled(gates[2]!.promise, ["title", "<title>last</title>"]))))) +
    head([{ key: "meta:name:a", html: "<meta name=shell>" }]);
  const late = async (order: number[]) => {
    const { next, rest } = await open(block);
    await next();
    for (const index of order) {
      gates[index]!.open("x");
      await later(0, 5);
    }
    gates.splice(0, 3, gate(), gate(), gate());
    return [...(await rest()).join("").matchAll(/<velox-head>(.*?)<\/velox-head>/g)].map(([, said]) => said);
  };
  assert.deepEqual(await late([0, 1, 2]), ["<title>first</title>", "<title>last</title>"]);
  assert.deepEqual(await late([1, 2, 0]), ["<title>last</title>"]);
});

test("T10 in the order of the document what late content says stands at its end", async () => {
  const { rest } = await open(() => titled(after("a"), ["title", "<title>A</title>"]) + "<hr>", { headers: { "sec-purpose": "prefetch" } });
  assert.equal(bodyOf((await rest()).join("")), `a<hr><velox-head><title>A</title></velox-head><script>${lateHeadScript.source}</script>`);
  const none = await open(() => boundary(after("a")), { headers: { "sec-purpose": "prefetch" } });
  assert.equal(bodyOf((await none.rest()).join("")), "a");
});

test("STR-2 boundaries in what an error page says are waited for, and its head is late content like any", async () => {
  const says = errorPage(() => boundary(later("whole", 3)) + head([{ key: "title", html: "<title>E</title>" }]));
  const { rest } = await open(() => boundary(after(0).then(() => { throw new Error("x"); })), { settings: { errors: [says] } });
  const parts = await rest();
  assert.match(plain(parts[1]!), /<template data-v="1" data-e="\w+">whole<velox-head><title>E<\/title><\/velox-head><\/template>/);
});

test("STR-5 a promise that is rejected while the shell is made is no unhandledRejection", async () => {
  const seen: unknown[] = [];
  const listen = (error: unknown): void => void seen.push(error);
  process.on("unhandledRejection", listen);
  const got = await open(async () => {
    const failing = later(0).then(() => { throw new Error("x"); });
    return text(later("slow", 5)) + boundary(failing, { error: () => "E" });
  });
  assert.equal(bodyOf((await got.rest()).join("")), "slowE");
  await later(0, 5);
  process.off("unhandledRejection", listen);
  assert.deepEqual(seen, []);
});

test("boundaries nest deeply without recursion", async () => {
  const nest = (depth: number): string => (depth === 0 ? "x" : suspense({ fallback: () => "w" }, () => text((depth === 60 ? after(0) : later(0)).then(() => html(nest(depth - 1))))));
  for (const headers of [{}, { "sec-purpose": "prefetch" }]) {
    const whole = (await (await open(() => nest(60), { headers })).rest()).join("");
    assert.match(whole, /x/);
  }
  assert.equal(await render(() => nest(3), {}).then((body) => body.includes("x")), true);
});
