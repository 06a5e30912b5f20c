// Queries and mutations that are made in a module and shown by any number of components: what they say is a signal, and
// a query is observed while somebody watches it. In a component they are the hooks.

import { MutationCache, MutationObserver, notifyManager, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import { signal, type Signal } from "@preact/signals";
import type { MutationOptions, MutationResult, QueryOptions, QueryResult } from "../types.js";
import { insideComponent, useMutation, useQuery } from "./hooks.js";
import { mutationOptions } from "./mutation.js";
import { getPageClient } from "./page.js";
import { mutationView, queryView } from "./views.js";

type Watched = { observer: QueryObserver<any, any, any, any>; result: Signal<QueryObserverResult<any, any>> };

/** A query that may be made outside of a component too, where every component that reads it shows it. */
export function createQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  if (insideComponent()) return useQuery(options);
  let made: Watched | undefined;
  // Made when it is read first: then the page is there, and its state has arrived.
  const watched = (): Watched => {
    if (made !== undefined) return made;
    const client = getPageClient();
    // All changes: what is read is known to the signal's watchers, and too late for the observer.
    const all = { ...client.options(options), notifyOnChangeProps: "all" as const };
    const observer = new QueryObserver(client.core, all);
    let end: (() => void) | undefined;
    const result = signal(observer.getOptimisticResult({ ...all, _optimisticResults: "isRestoring" }), {
      watched() {
        // Later: this runs while a component is rendered.
        end = observer.subscribe(notifyManager.batchCalls((next) => {
          result.value = next;
        }));
      },
      unwatched() {
        end?.();
      },
    });
    return (made = { observer, result });
  };
  const names = ["status", "data", "error", "isFetching", "isPlaceholderData", "dataUpdatedAt", "refetch"] as const;
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, {
    enumerable: true,
    get: () => {
      const { observer, result } = watched();
      return queryView<D>(() => result.value, observer)[name];
    },
  }]))) as QueryResult<D>;
}

/** A mutation that may be made outside of a component too. */
export function createMutation<T, V = void, C = unknown>(options: MutationOptions<T, V, C>): MutationResult<T, V> {
  if (insideComponent()) return useMutation(options);
  let made: MutationResult<T, V> | undefined;
  const watched = (): MutationResult<T, V> => {
    if (made !== undefined) return made;
    const client = getPageClient();
    client.mutations ??= new MutationCache();
    const observer = new MutationObserver(client.core, mutationOptions(client, options));
    const result = signal(observer.getCurrentResult());
    observer.subscribe((next) => {
      result.value = next;
    });
    return (made = mutationView(() => result.value, observer as never));
  };
  const names = ["status", "data", "error", "variables", "mutate", "mutateAsync", "reset"] as const;
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [
    name, { enumerable: true, get: () => watched()[name] },
  ]))) as MutationResult<T, V>;
}
