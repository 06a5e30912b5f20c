// Queries in pages that are rendered: what a provider's client and components leave in the HTML for the browser, and
// that no rendering sees what another fetched. Each page goes through the whole handler.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createHandler } from "velox/handler";
import { slot, suspense, text, type Slots } from "velox/internal";
import { jsx } from "velox/jsx-runtime";
import { decode } from "velox/decode";
import { QueryClient, QueryClientProvider, createQuery, useQuery, useQueryClient, type QueryOptions } from "./index.js";
import { renderingQueries } from "./rendering.js";

type Block = (props: object, slots: Slots) => unknown;

/** The HTML of a page of one block in its layouts. */
async function pageOf(block: Block, layouts: readonly Block[] = [], signal?: AbortSignal): Promise<string> {
  const load = (made: Block) => () => Promise.resolve({ default: made });
  const route = {
    id: "index", pattern: "/", file: "routes/index.velox", kind: "page", mode: "ssr", revalidate: null, segments: [], load: load(block),
    layouts: layouts.map(load), errors: [], loading: null, styles: [], prerender: false,
  };
  const app = {
    version: 1, build: "test", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1, routes: [route],
    errors: [], middleware: null,
  };
  const logged: unknown[] = [];
  const handler = createHandler(app as never, { log: (error: unknown) => logged.push(error) } as never);
  const response = await handler(new Request("http://localhost/", signal === undefined ? {} : { signal }));
  const html = await response.text();
  if (logged.length > 0) throw logged[0];
  return html;
}

/** The states that a page's HTML holds, as the browser reads them. */
function statesOf(html: string): unknown[] {
  const blocks = [...html.matchAll(/<script type="application\/json" data-velox-query="([01])">([^<]*)<\/script>/g)];
  return blocks.flatMap(([, flag, json]) => (flag === "0" ? (JSON.parse(json!) as unknown[]) : [decode(json!)]));
}

const never = (): never => assert.fail("fetched");

/** A component that shows a query. */
const Shows = <T>(options: Omit<QueryOptions<T>, "fetcher"> & { key: readonly unknown[] }) => {
  const { status, data } = useQuery<T>({ fetcher: never, ...options } as QueryOptions<T>);
  return `${status} ${JSON.stringify(data) ?? ""}`;
};

const show = (options: object): string => text(jsx(Shows as never, options as never));
const provide = (client: QueryClient, children: () => string): string => text(jsx(QueryClientProvider, { client, children: { toString: children, ...htmlBrand } }));
const htmlBrand = { [Symbol.for("velox.html")]: true };

test("QRY-1 QRY-4 a prefetched query is shown by the page and travels with it, with its time; a failed one does neither", async () => {
  mock.method(console, "warn", () => undefined);
  const start = Date.now();
  const html = await pageOf(async () => {
    const client = new QueryClient();
    await client.prefetchQuery({ key: ["teas"], fetcher: async () => ["Sencha</script>"] });
    await client.prefetchQuery({ key: ["down"], fetcher: () => { throw new Error("secret of the server"); } });
    return () => provide(client, () => `<p>${show({ key: ["teas"] })}</p><p>${show({ key: ["down"] })}</p>`);
  });
  mock.restoreAll();
  assert.match(html, /<p>success \["Sencha&lt;\/script&gt;"\]<\/p><p>loading <\/p>/);
  const [[key, time, data], ...rest] = statesOf(html) as [[unknown, number, unknown]];
  assert.deepEqual([key, data, rest], [["teas"], ["Sencha</script>"], []]);
  assert.ok(time >= start && time <= Date.now());
  assert.equal(html.includes("secret"), false);
});

test("QRY-2 X5 the client of a layout reaches what the page shows, without a prop and without a file", async () => {
  const layout: Block = async (_props, slots) => {
    const client = new QueryClient();
    await client.prefetchQuery({ queryKey: ["posts"], queryFn: async () => ["first"] });
    return () => provide(client, () => `<main>${slot(slots, "default")}</main>`);
  };
  const html = await pageOf(() => () => show({ key: ["posts"] }), [layout]);
  assert.match(html, /<main>success \["first"\]<\/main>/);
  assert.equal(statesOf(html).length, 1);
});

test("a server block may prefetch into the rendering's own client, inside of any provider or none", async () => {
  const block: Block = async () => {
    await useQueryClient().prefetchQuery({ key: ["own"], fetcher: async () => 1 });
    return () => show({ key: ["own"] });
  };
  const layout: Block = (_props, slots) => () => provide(new QueryClient(), () => slot(slots, "default"));
  assert.match(await pageOf(block), /<body>success 1<script/);
  assert.match(await pageOf(block, [layout]), /<body>success 1<script/);
});

test("QRY-2 no rendering sees what another has fetched, even where a module made the client", async () => {
  const ofModule = new QueryClient();
  ofModule.setQueryData(["user"], "nobody");
  const seen: unknown[] = [];
  const pageFor = (user: string) => pageOf(async () => {
    seen.push(ofModule.getQueryData(["user"]));
    await ofModule.prefetchQuery({ key: ["user"], fetcher: () => new Promise((resolve) => setTimeout(resolve, 5, user)) });
    return () => provide(ofModule, () => show({ key: ["user"] }));
  });
  const [a, b] = await Promise.all([pageFor("a"), pageFor("b")]);
  assert.match(a, /success "a"/);
  assert.match(b, /success "b"/);
  assert.match(await pageFor("c"), /success "c"/);
  assert.deepEqual(seen, [undefined, undefined, undefined]);
  assert.equal(ofModule.getQueryData(["user"]), "nobody");
});

test("QRY-3 a visitor that leaves ends what is being fetched for the page", async () => {
  const abort = new AbortController();
  let aborted = false;
  let after: unknown = "never there";
  const page = pageOf(async () => {
    const client = new QueryClient();
    setTimeout(() => abort.abort(), 5);
    await client.prefetchQuery({ key: ["slow"], fetcher: ({ signal }) => new Promise((_, reject) => {
      signal.addEventListener("abort", () => { aborted = true; reject(signal.reason as Error); });
    }) });
    after = client.getQueryState(["slow"]);
    return () => "done";
  }, [], abort.signal);
  await page.catch(() => undefined);
  assert.deepEqual([aborted, after], [true, undefined]);
});

test("QRY-6 initialData leaves the server's time and not itself a second time", async () => {
  const start = Date.now();
  const html = await pageOf(() => () => show({ key: ["a"], initialData: "x" }) + show({ key: ["b"], initialData: "y", initialDataUpdatedAt: 5 }));
  const [[key, time, ...data], ...rest] = statesOf(html) as [[unknown, number]];
  assert.deepEqual([key, data, rest], [["a"], [], []]);
  assert.ok(time >= start && time <= Date.now());
});

test("initialData of one component is there for others, which were given none, and then travels", async () => {
  const html = await pageOf(() => () => show({ key: ["a"], initialData: [1] }) + "<hr>" + show({ key: ["a"] }));
  assert.match(html, /success \[1\]<hr>success \[1\]/);
  assert.deepEqual((statesOf(html) as unknown[][]).map(([key, , data]) => [key, data]), [[["a"], [1]]]);
});

test("QRY-4 what a later part shows travels with it: nothing is sent twice, and nothing is left out", async () => {
  const sent: unknown[][] = [];
  await pageOf(async () => {
    const queries = renderingQueries()!;
    const flush = (): void => { sent.push(statesOf(queries.body()).map((state) => (state as unknown[])[0])); };
    const client = useQueryClient();
    client.setQueryData(["shell"], 1);
    flush();
    flush();
    await client.prefetchQuery({ key: ["boundary"], fetcher: async () => new Date(0) });
    client.setQueryData(["plain"], 1);
    flush();
    client.setQueryData(["shell"], 2);
    flush();
    return () => "";
  });
  assert.deepEqual(sent, [[["shell"]], [], [["plain"], ["boundary"]], [["shell"]]]);
});

test("a boundary's queries are in the page where it is awaited in place", async () => {
  const html = await pageOf(() => () => suspense({}, async () => {
    const client = useQueryClient();
    await client.prefetchQuery({ key: ["slow"], fetcher: async () => "there" });
    return show({ key: ["slow"] });
  }));
  assert.match(html, /success "there"/);
  assert.deepEqual(statesOf(html).map((state) => (state as unknown[])[0]), [["slow"]]);
});

test("data that cannot reach the browser is an error that names query and path, where a component shows it", async () => {
  const bad = async (shown: boolean): Promise<string> => pageOf(async () => {
    const client = useQueryClient();
    client.setQueryData(["teas"], [{ price: () => 3 }]);
    return () => (shown ? text(jsx((() => { useQuery({ key: ["teas"], fetcher: never }); return "x"; }) as never, {})) : "y");
  });
  await assert.rejects(bad(true), /the data of the query \["teas"\]: \[0\]\.price is a function, which cannot be sent to the browser/);
  const told = mock.method(console, "error", () => undefined);
  const html = await bad(false);
  assert.deepEqual(statesOf(html), []);
  assert.match(String(told.mock.calls[0]?.arguments[1]), /the data of the query \["teas"\]/);
  mock.restoreAll();
});

test("a query of a module is looked up where it is read", async () => {
  const teas = createQuery<string[]>({ key: ["teas"], fetcher: never });
  const block: Block = () => {
    useQueryClient().setQueryData(["teas"], ["Sencha"]);
    return () => text(jsx((() => `${teas.status} ${teas.data}`) as never, {}));
  };
  assert.match(await pageOf(block), /success Sencha/);
  assert.match(await pageOf(() => () => text(jsx((() => teas.status) as never, {}))), /loading/);
});

test("a provider says what it needs", async () => {
  await assert.rejects(pageOf(() => () => provide({} as never, () => "")), /<QueryClientProvider> needs a client/);
});

test("case 41: no data of a query ends its block", async () => {
  const bad = ["</ScRiPt ><script>alert(1)</script>", "<!--<script>", "\u2028\u2029"];
  const html = await pageOf(() => {
    const client = useQueryClient();
    for (const value of bad) {
      client.setQueryData([value, "plain"], value);
      client.setQueryData([value, "tagged"], new Set([value]));
    }
    return () => "";
  });
  assert.doesNotMatch(html.slice(html.indexOf("<body>")), /alert\(1\)<\/script>|<!--|\u2028|\u2029/);
  const states = statesOf(html) as [string[], number, unknown][];
  assert.equal(states.length, 6);
  for (const [[value, kind], , data] of states) assert.deepEqual(data, kind === "plain" ? value : new Set([value]));
});
