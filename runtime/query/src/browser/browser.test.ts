// Queries as the browser has them: under fake timers, with a window and a document that hold what is looked at.
// Components are stood in for by what they do: watching a query of a module, which subscribes like the hook.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import type * as Query from "./index.js";

interface Block {
  readonly textContent: string;
  getAttribute(name: string): string;
}

const window = new EventTarget();
const document = { visibilityState: "visible", blocks: [] as Block[], querySelectorAll: () => document.blocks, querySelector: () => null };
Object.assign(globalThis, { window, document });

const START = 1_700_000_000_000;
const { createMutation, createQuery, dehydrate, getPageClient, hydrate, QueryClient } = (await import("./index.js")) as typeof Query;
const { arriving } = await import("./page.js");
const { effect } = await import("@preact/signals");
const { encodeValue } = await import("velox/serialize");
const client = getPageClient();

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: START });
});

afterEach(() => {
  client.clear();
  mock.timers.reset();
});

const settle = async (): Promise<void> => {
  for (let i = 0; i < 8; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(0);
  }
};

async function after(ms: number): Promise<void> {
  await settle();
  mock.timers.tick(ms);
  await settle();
}

/** A block of the page's state. */
function arrives(...queries: unknown[][]): void {
  const { text, flag } = encodeValue(queries, "x");
  const blocks = flag === 0 ? [{ text, flag }] : queries.map((query) => encodeValue(query, "x"));
  document.blocks = [...document.blocks, ...blocks.map(({ text, flag }) => ({ textContent: text, getAttribute: () => String(flag) }))];
  getPageClient();
}

/** Shows a query like a component that is in the page; gives the function that takes it out. */
function show(query: { readonly status: string; readonly data: unknown; readonly isFetching: boolean }, seen: string[] = []): () => void {
  return effect(() => {
    seen.push(`${query.status} ${String(query.data)}${query.isFetching ? " fetching" : ""}`);
  });
}

function counter(value: (call: number) => unknown = (call) => `answer ${call}`): { calls: number; fetcher: () => Promise<any> } {
  const count = { calls: 0, fetcher: async () => value(++count.calls) };
  return count;
}

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 50));

function focus(state: "visible" | "hidden"): void {
  document.visibilityState = state;
  window.dispatchEvent(new Event("visibilitychange"));
}

test("a query is loading, then there, and the first thing it says is what the server said", async () => {
  const { fetcher } = counter((call) => later("answer " + call));
  const seen: string[] = [];
  const query = createQuery<string>({ key: ["a"], fetcher });
  const end = show(query, seen);
  await after(50);
  assert.deepEqual(seen, ["loading undefined", "loading undefined fetching", "success answer 1"]);
  assert.equal(query.dataUpdatedAt, START + 50);
  end();
});

test("an error is told after the retries, keeps data that was there, and refetch tries again", async () => {
  const count = counter((call) => {
    if (call === 1 || call === 7) return "fine";
    throw new Error("down " + call);
  });
  const query = createQuery<string>({ key: ["e"], fetcher: count.fetcher, staleTime: 0 });
  const end = show(query);
  await settle();
  void query.refetch();
  await settle();
  for (const wait of [1000, 2000, 4000]) await after(wait);
  assert.deepEqual([query.status, query.data, query.error?.message, count.calls], ["error", "fine", "down 5", 5]);
  await Promise.all([query.refetch(), after(1000)]);
  assert.deepEqual([query.status, query.error], ["success", null]);
  end();
});

test("QRY-2 one client for the page, whoever asks", () => {
  assert.equal(getPageClient(), client);
});

test("QRY-4 QRY-5 a query that came with the page is there at once, and nobody fetches it in the first five seconds", async () => {
  arrives([["products"], START - 200, ["Sencha"]], [["other", 1], START - 200, "x"]);
  const count = counter();
  const seen: string[] = [];
  const options = { key: ["products"], fetcher: count.fetcher };
  const query = createQuery<string[]>(options);
  const ends = [show(query, seen), show(createQuery(options))];
  await after(2000);
  ends.push(show(createQuery(options)));
  await after(2900);
  focus("hidden");
  focus("visible");
  await settle();
  assert.deepEqual([seen, count.calls], [["success Sencha"], 0]);
  assert.equal(query.dataUpdatedAt, START - 200);
  assert.equal(client.getQueryData(["other", 1]), "x");
  ends.forEach((end) => end());
});

test("QRY-5 a slow connection or a clock that is ahead makes no request either; later mounts and focus obey staleTime", async () => {
  arrives([["slow"], START - 20_000, 1]);
  const count = counter();
  const end = show(createQuery({ key: ["slow"], fetcher: count.fetcher }));
  await after(4900);
  assert.equal(count.calls, 0);
  await after(200);
  focus("visible");
  await settle();
  assert.equal(count.calls, 1);
  const later = show(createQuery({ key: ["slow"], fetcher: count.fetcher, staleTime: 60_000 }));
  await after(30_000);
  assert.equal(count.calls, 1);
  const stale = show(createQuery({ key: ["slow"], fetcher: count.fetcher, staleTime: 0 }));
  await settle();
  assert.equal(count.calls, 2);
  [end, later, stale].forEach((stop) => stop());
});

test("QRY-9 an old page fetches what is stale, as staleTime says", async () => {
  const hour = 3_600_000;
  arrives([["old"], START - hour, "old"], [["kept"], START - hour, "kept"]);
  const old = counter((call) => later("answer " + call));
  const kept = counter();
  const query = createQuery<string>({ key: ["old"], fetcher: old.fetcher });
  const seen: string[] = [];
  const ends = [show(query, seen), show(createQuery({ key: ["kept"], fetcher: kept.fetcher, staleTime: 2 * hour }))];
  await after(50);
  assert.deepEqual(seen, ["success old", "success old fetching", "success answer 1"]);
  assert.deepEqual([old.calls, kept.calls], [1, 0]);
  ends.forEach((end) => end());
});

test("QRY-6 initialData has the time at which the server rendered it, and no time is later than now", async () => {
  arrives([["given"], START - 60_000]);
  const count = counter();
  const given = createQuery<string>({ key: ["given"], fetcher: count.fetcher, initialData: "server", staleTime: 30_000 });
  const end = show(given);
  assert.deepEqual([given.data, given.dataUpdatedAt], ["server", START - 60_000]);
  await settle();
  assert.equal(count.calls, 1);
  const own = createQuery<string>({ key: ["own"], fetcher: count.fetcher, initialData: "x", initialDataUpdatedAt: START + 9e9, staleTime: 30_000 });
  assert.equal(own.dataUpdatedAt, START);
  const plain = createQuery<string>({ key: ["plain"], fetcher: count.fetcher, initialData: "x" });
  assert.equal(plain.dataUpdatedAt, START);
  arrives([["future"], START + 9e9, "x"]);
  assert.equal(client.getQueryState(["future"])?.dataUpdatedAt, START);
  end();
});

test("QRY-6 initialData that the server has not shown is as old as its page, whenever its component comes", async () => {
  arrives([null, START - 60_000]);
  const asked: string[] = [];
  const of = (name: string, more: object = {}) =>
    createQuery({ key: [name], fetcher: async () => (asked.push(name), "new"), initialData: "given", ...more } as never);
  const [old, fresh, told] = [of("only"), of("only-fresh", { staleTime: 120_000 }), of("only-told", { initialDataUpdatedAt: START })];
  const ends = [show(old), show(fresh), show(told)];
  assert.deepEqual([old.dataUpdatedAt, fresh.dataUpdatedAt, told.dataUpdatedAt], [START - 60_000, START - 60_000, START]);
  await after(100);
  assert.deepEqual(asked, ["only"]);
  ends.forEach((end) => end());
  // A page that has just been rendered: what comes with it is fresh from its arrival, and stale later.
  arrives([null, START - 3_000]);
  const first = of("only-first");
  const end = show(first);
  await after(1_000);
  assert.deepEqual(asked, ["only"]);
  end();
  mock.timers.tick(20_000);
  const late = of("only-late");
  show(late)();
  assert.equal(late.dataUpdatedAt, START - 3_000);
  await after(100);
  assert.deepEqual(asked, ["only", "only-late"]);
});

test("initialData that its page shows takes the place of what is older, and of nothing else", () => {
  client.setQueryData(["offered"], "old", START - 50_000);
  client.offer({ key: ["offered"], fetcher: async () => "x", initialData: "of a module" });
  assert.equal(client.getQueryData(["offered"]), "old");
  arrives([["offered"], START - 1_000]);
  client.offer({ key: ["offered"], fetcher: async () => "x", initialData: "later page" });
  assert.deepEqual(client.getQueryState(["offered"]), { key: ["offered"], data: "later page", dataUpdatedAt: START - 1_000 });
  client.setQueryData(["offered"], "newer");
  client.offer({ key: ["offered"], fetcher: async () => "x", initialData: "later page" });
  assert.equal(client.getQueryData(["offered"]), "newer");
});

test("initialData of one component is there for every other with the key", () => {
  const given = createQuery<string>({ key: ["shared"], fetcher: async () => "x", initialData: "server" });
  assert.equal(given.data, "server");
  assert.equal(createQuery({ key: ["shared"], fetcher: async () => "x" }).data, "server");
});

test("QRY-7 state that arrives replaces older data and no newer", async () => {
  client.setQueryData(["n"], "client");
  arrives([["n"], START - 1000, "server"]);
  assert.equal(client.getQueryData(["n"]), "client");
  hydrate(client, { queries: [{ key: ["n"], data: "old", dataUpdatedAt: START - 1 }, { key: ["m"], data: 1, dataUpdatedAt: START }] });
  assert.deepEqual([client.getQueryData(["n"]), client.getQueryData(["m"])], ["client", 1]);
  await after(10);
  arrives([["n"], START + 5, "newer"]);
  assert.equal(client.getQueryData(["n"]), "newer");
  assert.deepEqual(dehydrate(client).queries.map(({ key, data }) => [key, data]), [[["n"], "newer"], [["m"], 1]]);
});

test("QRY-4 state of a streamed chunk arrives with it, and values that JSON lacks arrive as they were", async () => {
  arrives([["chunk", new Date(5)], START, { at: new Date(7), tags: new Set(["a"]) }]);
  // The decoder is loaded first; nothing is known before, and what has come waits.
  assert.notEqual(arriving(), undefined);
  await arriving();
  await settle();
  assert.equal(arriving(), undefined);
  assert.deepEqual(client.getQueryData(["chunk", new Date(5)]), { at: new Date(7), tags: new Set(["a"]) });
  assert.equal(client.getQueryData(["chunk", new Date(6)]), undefined);
});

test("QRY-10 coming back to the page fetches stale queries that are shown, each once", async () => {
  const shown = counter();
  const fresh = counter();
  const hidden = counter();
  const off = counter();
  const options = { key: ["shown"], fetcher: shown.fetcher, staleTime: 1000 };
  const ends = [
    show(createQuery(options)), show(createQuery(options)),
    show(createQuery({ key: ["fresh"], fetcher: fresh.fetcher, staleTime: 60_000 })),
    show(createQuery({ key: ["off"], fetcher: off.fetcher, staleTime: 1000, refetchOnWindowFocus: false })),
  ];
  show(createQuery({ key: ["hidden"], fetcher: hidden.fetcher, staleTime: 1000 }))();
  await after(2000);
  assert.deepEqual([shown.calls, fresh.calls, hidden.calls, off.calls], [1, 1, 1, 1]);
  focus("hidden");
  await settle();
  assert.equal(shown.calls, 1);
  focus("visible");
  focus("visible");
  window.dispatchEvent(new Event("focus"));
  await settle();
  assert.deepEqual([shown.calls, fresh.calls, hidden.calls, off.calls], [2, 1, 1, 1]);
  ends.forEach((end) => end());
});

test("components with one key share one request, and a query that nobody shows is forgotten in the end", async () => {
  const count = counter();
  const query = createQuery<string>({ key: ["one"], fetcher: count.fetcher });
  const ends = [show(query), show(createQuery({ key: ["one"], fetcher: count.fetcher }))];
  await settle();
  assert.equal(count.calls, 1);
  ends.forEach((end) => end());
  await after(5 * 60_000 + 1);
  assert.equal(client.getQueryData(["one"]), undefined);
});

test("a fetch that nobody waits for any more is aborted, where its signal was taken", async () => {
  let aborted = false;
  const end = show(createQuery({ key: ["left"], fetcher: ({ signal }) => new Promise((_, reject) => {
    signal.addEventListener("abort", () => { aborted = true; reject(new Error("aborted")); });
  }) }));
  await settle();
  end();
  await settle();
  assert.equal(aborted, true);
});

test("enabled, refetchInterval, select and placeholderData do what they say", async () => {
  const count = counter();
  const waits = createQuery({ key: ["waits"], fetcher: count.fetcher, enabled: false });
  const often = createQuery<string, number>({ key: ["often"], fetcher: count.fetcher, refetchInterval: 1000, select: (text) => text.length, placeholderData: "..." });
  assert.deepEqual([often.data, often.status, often.isPlaceholderData], [3, "success", true]);
  const ends = [show(waits), show(often)];
  await settle();
  assert.deepEqual([waits.status, waits.isFetching, often.data, often.isPlaceholderData, count.calls], ["loading", false, 8, false, 1]);
  await after(1000);
  await after(1000);
  assert.equal(count.calls, 3);
  await Promise.all([waits.refetch(), settle()]);
  assert.equal(waits.status, "success");
  ends.forEach((end) => end());
});

test("an option that is there but undefined is as one that is not", async () => {
  const count = counter();
  const end = show(createQuery({ key: ["u"], fetcher: count.fetcher, staleTime: undefined as never }));
  await settle();
  const again = show(createQuery({ key: ["u"], fetcher: count.fetcher, staleTime: undefined as never }));
  await settle();
  assert.equal(count.calls, 1);
  [end, again].forEach((stop) => stop());
});

test("fetchQuery gives fresh data without a request, tries once, and rejects where it fails; prefetchQuery never does", async () => {
  const count = counter();
  assert.equal(await client.fetchQuery({ key: ["f"], fetcher: count.fetcher }), "answer 1");
  assert.equal(await client.fetchQuery({ key: ["f"], fetcher: count.fetcher }), "answer 1");
  mock.timers.tick(5000);
  assert.equal(await client.fetchQuery({ key: ["f"], fetcher: count.fetcher }), "answer 2");
  const down = counter(() => { throw new Error("down"); });
  await assert.rejects(client.fetchQuery({ key: ["g"], fetcher: down.fetcher }), /down/);
  await client.prefetchQuery({ key: ["g"], fetcher: down.fetcher });
  assert.equal(down.calls, 2);
});

test("invalidating fetches what is shown and marks the rest", async () => {
  const shown = counter();
  const end = show(createQuery({ key: ["teas", 1], fetcher: shown.fetcher, staleTime: 60_000 }));
  await settle();
  client.setQueryData(["teas", 2], "x");
  client.setQueryData(["cups"], "x");
  await Promise.all([client.invalidateQueries(["teas"]), settle()]);
  assert.equal(shown.calls, 2);
  const other = counter();
  const stop = show(createQuery({ key: ["teas", 2], fetcher: other.fetcher, staleTime: 60_000 }));
  await settle();
  assert.equal(other.calls, 1);
  await client.invalidateQueries({ key: ["teas"], exact: true });
  assert.equal(shown.calls, 2);
  [end, stop].forEach((done) => done());
});

test("a mutation says where it is, runs its callbacks in order, and fetches what it invalidates before it succeeds", async () => {
  const list = counter((call) => Array.from({ length: call }, (_, i) => i));
  const query = createQuery<number[]>({ key: ["list"], fetcher: list.fetcher, staleTime: 60_000 });
  const end = show(query);
  await settle();
  const order: string[] = [];
  const add = createMutation({
    mutate: async (name: string) => { order.push("mutate " + name); return name.length; },
    invalidates: [["list"]],
    onMutate: () => { order.push("onMutate"); },
    onSuccess: (length) => { order.push("onSuccess " + length); },
    onSettled: (_data, error) => { order.push("onSettled " + error); },
  });
  assert.equal(add.status, "idle");
  const made = add.mutateAsync("Assam");
  assert.deepEqual([add.status, add.variables], ["loading", "Assam"]);
  await settle();
  assert.equal(await made, 5);
  assert.deepEqual(order, ["onMutate", "mutate Assam", "onSuccess 5", "onSettled null"]);
  assert.deepEqual([add.status, add.data, query.data?.length, list.calls], ["success", 5, 2, 2]);
  add.reset();
  assert.deepEqual([add.status, add.data], ["idle", undefined]);
  end();
});

test("an optimistic change is shown at once and taken back where the mutation fails", async () => {
  let fail = (_error: Error): void => undefined;
  const query = createQuery<string[]>({ key: ["teas"], fetcher: async () => ["Sencha"], staleTime: 60_000 });
  const seen: string[] = [];
  const end = show(query, seen);
  await settle();
  const add = createMutation<void, string, string>({
    mutate: () => new Promise((_, reject) => { fail = reject; }),
    onMutate: (tea) => client.updateOptimistically<string[]>(["teas"], (teas = []) => [...teas, tea]) as never,
    onError: (error) => { seen.push("error " + error.message); },
  });
  add.mutate("Assam");
  await settle();
  assert.deepEqual(query.data, ["Sencha", "Assam"]);
  fail(new Error("sold out"));
  await settle();
  assert.deepEqual([query.data, add.status, add.error?.message], [["Sencha"], "error", "sold out"]);
  assert.deepEqual(seen.slice(2), ["success Sencha", "success Sencha,Assam", "error sold out", "success Sencha"]);
  assert.equal(query.dataUpdatedAt, START);
  end();
});

test("an optimistic change is not written over by a fetch that was under way, nor taken back from under newer data", async () => {
  let answer = (_data: string[]): void => undefined;
  const query = createQuery<string[]>({ key: ["teas"], fetcher: () => new Promise((resolve) => { answer = resolve; }), staleTime: 0 });
  const end = show(query);
  await settle();
  answer(["Sencha"]);
  await settle();
  void query.refetch();
  await settle();
  const undo = client.updateOptimistically<string[]>(["teas"], (teas = []) => [...teas, "Assam"]);
  answer(["Sencha"]);
  await settle();
  assert.deepEqual(query.data, ["Sencha", "Assam"]);
  client.setQueryData(["teas"], ["Sencha", "Assam", "Gyokuro"]);
  undo();
  await settle();
  assert.deepEqual([query.data, query.isFetching], [["Sencha", "Assam", "Gyokuro"], true]);
  answer(["Sencha", "Gyokuro"]);
  await settle();
  assert.deepEqual(query.data, ["Sencha", "Gyokuro"]);
  end();
});

test("a client of one's own shares nothing with the page", async () => {
  const own = new QueryClient({ defaults: { staleTime: 1 } });
  await own.prefetchQuery({ key: ["own"], fetcher: async () => 1 });
  assert.deepEqual([own.getQueryData(["own"]), client.getQueryData(["own"])], [1, undefined]);
  own.removeQueries(["own"]);
  assert.equal(own.getQueryData(["own"]), undefined);
});

test("both sides export the same names, but for what only one of them can have", async () => {
  const names = (module: object): string[] => Object.keys(module).filter((name) => name !== "getPageClient").sort();
  const methods = (type: Function): string[] => Object.getOwnPropertyNames(type.prototype).sort();
  const server = await import("../index.js");
  const browser = await import("./index.js");
  assert.deepEqual(names(browser), names(server));
  for (const name of ["prefetchQuery", "fetchQuery", "getQueryData", "getQueryState", "setQueryData", "updateOptimistically", "invalidateQueries", "refetchQueries", "cancelQueries", "removeQueries", "isFetching", "clear"]) {
    for (const type of [server.QueryClient, browser.QueryClient]) assert.ok(methods(type).includes(name), name);
  }
});
