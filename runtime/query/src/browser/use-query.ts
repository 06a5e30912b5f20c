// A query in a component of the browser, on the hooks of preact. The first rendering gives what the server gave, so that
// hydration finds what it expects; fetching starts after it.

import { notifyManager, QueryObserver } from "@tanstack/query-core";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { QueryOptions, QueryResult } from "../types.js";
import { useQueryClient } from "./context.js";
import { useRedraw } from "./owner.js";
import { arriving } from "./page.js";
import { queryView } from "./query-view.js";

/** A query's data, kept up to date. */
export function useQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  const client = useQueryClient();
  const redraw = useRedraw();
  const waits = arriving();
  // Nothing is fetched that may be there already.
  const all = client.options(waits === undefined ? options : { ...options, enabled: false });
  const observer = useMemo(() => {
    client.offer(options);
    return new QueryObserver(client.core, all);
  }, [client]);
  const rendered = useRef<unknown>(null);
  const result = observer.getOptimisticResult(rendered.current === observer ? all : { ...all, _optimisticResults: "isRestoring" });
  useLayoutEffect(() => {
    rendered.current = observer;
    return observer.subscribe(notifyManager.batchCalls(redraw));
  }, [observer]);
  useLayoutEffect(() => void waits?.then(redraw), [waits]);
  useLayoutEffect(() => observer.setOptions(all));
  return queryView<D>(() => result, observer);
}
