// Keys, the cache, and what components see of it on the server.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createQuery, dehydrate, hashKey, hydrate, QueryClient, useMutation, useQuery, useQueryClient } from "./index.js";
import { keyStartsWith } from "./key.js";

const silent = (): void => {
  mock.method(console, "warn", () => undefined);
};

test("QRY-8: keys are equal only where their values are", () => {
  const keys = [
    [1], ["1"], [null], [undefined], [NaN], [Infinity], [-Infinity], [0], [-0], [1n], [true], [false], ["t"], [{}], [[]], [{ a: 1 }],
    [{ a: "1" }], [{ a: undefined }], [{ "a:1,b": 1 }], [{ a: 1, b: 1 }], [new Date(0)], [new Date(NaN)], [0, 1], ["0,1"],
    ["1970-01-01T00:00:00.000Z"], [new Map([[1, 2]])], [new Map([[2, 1]])], [new Map()], [new Set()], [new Set([1])], [new Set([1, 2])],
    [new Set(["1,2"])], [new URL("https://a.example/")], ["https://a.example/"], [/a/g], [/a/], ["/a/"], [new Uint8Array([1])],
    [new Int8Array([1])], [new Uint8Array([1, 0])], [new Uint16Array([1])], [new DataView(new ArrayBuffer(1))], [["a"], "b"], [["a", "b"]],
    [[["a", "b"]]], ["a", "b"], ["a,b"], ['a","b'], [{ a: [1] }], [{ a: { 0: 1 } }],
  ];
  assert.equal(new Set(keys.map(hashKey)).size, keys.length);
  assert.equal(hashKey([{ a: 1, b: 2 }]), hashKey([{ b: 2, a: 1 }]));
  assert.equal(hashKey([new Map([["a", 1], ["b", 2]])]), hashKey([new Map([["b", 2], ["a", 1]])]));
  assert.equal(hashKey([Object.assign(Object.create(null) as object, { slug: "a" })]), hashKey([{ slug: "a" }]));
  class Own {}
  const loop: unknown[] = [];
  loop.push(loop);
  for (const bad of [[() => 1], [Symbol("x")], [new Own()], [new Error("x")], [JSON.parse('{"__proto__":1}')], [{ [Symbol("x")]: 1 }], loop]) {
    assert.throws(() => hashKey(bad), TypeError);
  }
  assert.throws(() => useQuery({ key: "products" as never, fetcher: () => 1 }), /A query needs a key that is an array/);
});

test("a key begins with another where each part does", () => {
  const table: [unknown[], unknown[], boolean][] = [
    [["teas", 1], ["teas"], true], [["teas"], ["teas", 1], false], [["teas"], [], true], [["teas", { page: 1, sort: "a" }], ["teas", { page: 1 }], true],
    [["teas", { page: 2 }], ["teas", { page: 1 }], false], [["teas", { page: undefined }], ["teas", {}], true], [["at", new Date(1)], ["at", new Date(2)], false],
    [["at", new Date(1)], ["at", new Date(1)], true], [["s", new Set([1])], ["s", new Set([2])], false], [["teas", 1], ["teas", "1"], false],
    [["a", null], ["a", {}], false],
  ];
  for (const [key, start, wanted] of table) {
    assert.equal(keyStartsWith(key, start), wanted, JSON.stringify([key, start]));
  }
  assert.equal(keyStartsWith(["a", {}], ["a", { toString: 1 }]), false);
});

test("QRY-3: prefetching never throws, tries once, and a failure stays unknown", async () => {
  silent();
  const client = new QueryClient();
  let calls = 0;
  await client.prefetchQuery({ key: ["x"], fetcher: () => { calls += 1; throw new Error("down"); } });
  await client.prefetchQuery({ key: ["nothing"], fetcher: () => undefined });
  assert.equal(calls, 1);
  assert.equal(client.getQueryState(["x"]), undefined);
  assert.deepEqual(dehydrate(client), { queries: [] });
  mock.restoreAll();
});

test("callers that ask at once share one request", async () => {
  const client = new QueryClient();
  let calls = 0;
  const options = { key: ["teas"], fetcher: async () => { calls += 1; return ["Sencha"]; } };
  const [a, b] = await Promise.all([client.fetchQuery(options), client.fetchQuery(options)]);
  assert.deepEqual([a, b, calls], [["Sencha"], ["Sencha"], 1]);
  assert.deepEqual([await client.fetchQuery(options), calls], [["Sencha"], 1]);
});

test("the names of TanStack Query mean the same", async () => {
  const client = new QueryClient();
  await client.prefetchQuery({ queryKey: ["posts"], queryFn: async () => ["a"] });
  assert.deepEqual(client.getQueryData(["posts"]), ["a"]);
});

test("QRY-6, QRY-7: newer data stays, and a time in the future is now", () => {
  const client = new QueryClient();
  client.setQueryData(["a"], "new", 2000);
  hydrate(client, { queries: [{ key: ["a"], data: "old", dataUpdatedAt: 1000 }, { key: ["b"], data: "b", dataUpdatedAt: Date.now() + 1e6 }] });
  assert.equal(client.getQueryData(["a"]), "new");
  assert.ok((client.getQueryState(["b"])?.dataUpdatedAt ?? Infinity) <= Date.now());
});

test("QRY-1: on the server a query is what was given, or loading, and is never fetched", () => {
  const fetcher = (): string => assert.fail("fetched");
  const none = useQuery({ key: ["a"], fetcher });
  assert.deepEqual([none.status, none.data, none.isFetching, none.dataUpdatedAt], ["loading", undefined, false, 0]);
  const given = useQuery<string>({ key: ["a"], fetcher, initialData: "x", initialDataUpdatedAt: 5 });
  assert.deepEqual([given.status, given.data, given.dataUpdatedAt], ["success", "x", 5]);
  const stand = useQuery<string, number>({ key: ["a"], fetcher, placeholderData: "abc", select: (text) => text.length });
  assert.deepEqual([stand.status, stand.data, stand.isPlaceholderData, stand.dataUpdatedAt], ["success", 3, true, 0]);
  assert.equal(createQuery({ key: ["a"], fetcher }).status, "loading");
  assert.equal(useMutation({ mutate: fetcher }).status, "idle");
  assert.throws(() => useMutation({ mutate: fetcher }).mutate(), /for the browser/);
  assert.throws(() => none.refetch(), /for the browser/);
  assert.throws(() => useQueryClient(), /only while a page is being rendered/);
});

test("an optimistic change is taken back", () => {
  const client = new QueryClient();
  client.setQueryData(["teas"], ["Sencha"]);
  const undo = client.updateOptimistically<string[]>(["teas"], (teas) => [...(teas ?? []), "Assam"]);
  assert.deepEqual(client.getQueryData(["teas"]), ["Sencha", "Assam"]);
  undo();
  assert.deepEqual(client.getQueryData(["teas"]), ["Sencha"]);
  client.updateOptimistically(["new"], 1)();
  assert.equal(client.getQueryData(["new"]), undefined);
});

test("invalidating on the server forgets, and cancelling ends what is being fetched", async () => {
  const client = new QueryClient();
  for (const id of [1, 2]) client.setQueryData(["tea", id], id);
  await client.invalidateQueries({ key: ["tea", 1], exact: true });
  assert.deepEqual([client.getQueryData(["tea", 1]), client.getQueryData(["tea", 2])], [undefined, 2]);
  await client.invalidateQueries(["tea"]);
  assert.equal(client.getQueryData(["tea", 2]), undefined);
  let aborted = false;
  const slow = client.prefetchQuery({ key: ["slow"], fetcher: ({ signal }) => new Promise((_, reject) => {
    signal.addEventListener("abort", () => { aborted = true; reject(new Error("left")); });
  }) });
  silent();
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(client.isFetching(), 1);
  client.clear();
  await slow;
  assert.deepEqual([aborted, client.isFetching(), client.getQueryData(["slow"])], [true, 0, undefined]);
  mock.restoreAll();
});
