// What an observer of query-core says of a query, in the words of Velox. Each property tells the observer that it is read,
// so that a component is rendered again for what it shows and nothing else.

import type { QueryObserver, QueryObserverResult } from "@tanstack/query-core";
import type { QueryResult } from "../types.js";

type AnyObserver = QueryObserver<any, any, any, any>;

/** A query as components see it. */
export function queryView<D>(result: () => QueryObserverResult<any, any>, observer: AnyObserver): QueryResult<D> {
  const read = <K extends keyof QueryObserverResult>(name: K): QueryObserverResult<any, any>[K] => {
    observer.trackProp(name);
    return result()[name];
  };
  return {
    get status() {
      const status = read("status");
      return status === "pending" ? "loading" : status;
    },
    get data() {
      return read("data");
    },
    get error() {
      return read("error");
    },
    get isFetching() {
      return read("isFetching");
    },
    get isPlaceholderData() {
      return read("isPlaceholderData");
    },
    get dataUpdatedAt() {
      return read("dataUpdatedAt");
    },
    refetch: async () => {
      await observer.refetch();
    },
  } as QueryResult<D>;
}
