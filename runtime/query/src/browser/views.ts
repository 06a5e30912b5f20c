// What observers of query-core say, in the words of Velox. Each property tells the observer that it is read, so that
// a component is rendered again for what it shows and nothing else.

import type { MutationObserver, MutationObserverResult, QueryObserver, QueryObserverResult } from "@tanstack/query-core";
import type { MutationResult, QueryResult } from "../types.js";

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

/** A mutation as components see it. */
export function mutationView<T, V>(
  result: () => MutationObserverResult<any, any, any, any>,
  observer: MutationObserver<any, any, any, any>,
): MutationResult<T, V> {
  return {
    get status() {
      const { status } = result();
      return status === "pending" ? "loading" : status;
    },
    get data() {
      return result().data;
    },
    get error() {
      return result().error;
    },
    get variables() {
      return result().variables;
    },
    mutate: (variables) => {
      observer.mutate(variables).catch(() => undefined);
    },
    mutateAsync: (variables) => observer.mutate(variables),
    reset: () => observer.reset(),
  };
}
