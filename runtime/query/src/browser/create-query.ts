// Queries that are made in a module and shown by any number of components: what one says is a signal, and it is observed
// while somebody watches it. In a component it is the hook.

import { notifyManager, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import { signal, type Signal } from "@preact/signals";
import type { QueryOptions, QueryResult } from "../types.js";
import { useOwner } from "./owner.js";
import { getPageClient } from "./page.js";
import { queryView } from "./query-view.js";
import { useQuery } from "./use-query.js";

type Watched = { observer: QueryObserver<any, any, any, any>; result: Signal<QueryObserverResult<any, any>> };

/** A query that may be made outside of a component too, where every component that reads it shows it. */
export function createQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  if (useOwner() !== null) return useQuery(options);
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
