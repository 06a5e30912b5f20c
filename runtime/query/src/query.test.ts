// Keys, the cache, and what components see of it on the server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dehydrate, hashKey, hydrate, QueryClient, useMutation, useQuery } from "./index.js";

test("QRY-8: keys are equal only where their values are", () => {
  const keys = [
    [1], ["1"], [null], [undefined], [NaN], [0], [-0], [1n], [true], ["t"], [{}], [[]], [{ a: 1 }], [{ a: "1" }], [new Date(0)],
    ["1970-01-01T00:00:00.000Z"], [new Map([[1, 2]])], [new Set([1])], [new URL("https://a.example/")], [/a/g], [new Uint8Array([1])],
    [["a"], "b"], [["a", "b"]], [[["a", "b"]]],
  ];
  assert.equal(new Set(keys.map(hashKey)).size, keys.length);
  assert.equal(hashKey([{ a: 1, b: 2 }]), hashKey([{ b: 2, a: 1 }]));
  class Own {}
  const loop: unknown[] = [];
  loop.push(loop);
  for (const bad of [[() => 1], [Symbol("x")], [new Own()], [JSON.parse('{"__proto__":1}')], loop]) {
    assert.throws(() => hashKey(bad), TypeError);
  }
});

test("QRY-3: prefetching never throws, tries once, and a failure stays unknown", async () => {
  const client = new QueryClient();
  let calls = 0;
  await client.prefetchQuery({ key: ["x"], fetcher: () => { calls += 1; throw new Error("down"); } });
  assert.equal(calls, 1);
  assert.equal(client.getQueryState(["x"]), undefined);
  assert.deepEqual(dehydrate(client), { queries: [] });
});

test("callers that ask at once share one request", async () => {
  const client = new QueryClient();
  let calls = 0;
  const options = { key: ["teas"], fetcher: async () => { calls += 1; return ["Sencha"]; } };
  const [a, b] = await Promise.all([client.fetchQuery(options), client.fetchQuery(options)]);
  assert.deepEqual([a, b, calls], [["Sencha"], ["Sencha"], 1]);
});

test("QRY-6, QRY-7: newer data stays, and a time in the future is now", () => {
  const client = new QueryClient();
  client.setQueryData(["a"], "new", 2000);
  hydrate(client, { queries: [{ key: ["a"], data: "old", dataUpdatedAt: 1000 }, { key: ["b"], data: "b", dataUpdatedAt: Date.now() + 1e6 }] });
  assert.equal(client.getQueryData(["a"]), "new");
  assert.ok((client.getQueryState(["b"])?.dataUpdatedAt ?? Infinity) <= Date.now());
});

test("QRY-1: on the server a query is what was given, or loading, and is never fetched", () => {
  const fetcher = () => assert.fail("fetched");
  const none = useQuery({ key: ["a"], fetcher });
  assert.deepEqual([none.status, none.data, none.isFetching, none.dataUpdatedAt], ["loading", undefined, false, 0]);
  const given = useQuery<string>({ key: ["a"], fetcher, initialData: "x", initialDataUpdatedAt: 5 });
  assert.deepEqual([given.status, given.data, given.dataUpdatedAt], ["success", "x", 5]);
  assert.equal(useMutation({ mutate: fetcher }).status, "idle");
});
