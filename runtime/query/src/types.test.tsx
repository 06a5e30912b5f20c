// What TypeScript knows of queries: this file compiles, or the types are wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createQuery, QueryClient, QueryClientProvider, useMutation, useQuery } from "./index.js";

interface Tea {
  readonly name: string;
}

const fetcher = async (): Promise<Tea[]> => [{ name: "Sencha" }];

/** The status tells what data and error are, taken apart or not. */
export function Teas(): unknown {
  const { data, status, error, refetch } = useQuery({ key: ["teas"], fetcher, staleTime: 30_000, refetchOnWindowFocus: true });
  if (status === "loading") return <p>{String(data satisfies undefined)}</p>;
  if (status === "error") return <p>{error.message}<button onClick={() => refetch()}>{data?.length}</button></p>;
  return <ul>{data.map((tea) => <li key={tea.name}>{tea.name}</li>)}</ul>;
}

export function Named(): unknown {
  const query = createQuery({ queryKey: ["teas"], queryFn: fetcher, initialData: [], select: (teas) => teas.length });
  return query.status === "success" ? query.data.toFixed() : null;
}

export function Untyped(): unknown {
  const { data, status } = useQuery({ key: ["x"], fetcher: () => fetch("/x").then((r) => r.json()) });
  return status === "success" && data.map((x: { id: number }) => x.id);
}

export function Adds(): unknown {
  const client = new QueryClient();
  const add = useMutation({
    mutate: async (name: string): Promise<Tea> => ({ name }),
    onMutate: (name) => client.updateOptimistically<Tea[]>(["teas"], (teas = []) => [...teas, { name }]),
    onSuccess: (tea, name) => tea.name === name,
    invalidates: [["teas"]],
  });
  return <QueryClientProvider client={client}><button onClick={() => add.mutate("Assam")}>{add.data?.name}</button></QueryClientProvider>;
}

export function Wrong(): unknown {
  // @ts-expect-error a query needs a fetcher
  useQuery({ key: ["teas"] });
  // @ts-expect-error and a key
  useQuery({ fetcher });
  // @ts-expect-error that is an array
  useQuery({ key: "teas", fetcher });
  // @ts-expect-error a mutation is asked for with what it takes
  useMutation({ mutate: async (name: string) => name }).mutate(1);
  return null;
}

test("the types of queries say what they say", () => {
  assert.equal(typeof Teas, "function");
});
