// Options as both sides read them: Velox's names, whichever were written. Refuses a query without a key.

import type { QueryKey } from "./key.js";
import type { Fetcher, QueryFilter, QueryNames, TanStackNames } from "./types.js";

/** Key and fetcher of a query, under either name. */
export function namesOf<T>(options: QueryNames<T> | TanStackNames<T>): { key: QueryKey; fetcher: Fetcher<T> } {
  const { key, fetcher, queryKey, queryFn } = options as Partial<QueryNames<T> & TanStackNames<T>>;
  const name = key ?? queryKey;
  if (!Array.isArray(name)) throw new TypeError("A query needs a key that is an array: key: ['products']");
  return { key: name, fetcher: (fetcher ?? queryFn)! };
}

/** A filter that may be written as a key alone. */
export function filterOf(filter: QueryKey | QueryFilter | undefined): { key: QueryKey | undefined; exact: boolean } {
  if (filter === undefined || Array.isArray(filter)) return { key: filter, exact: false };
  const { key, queryKey, exact } = filter as QueryFilter & { queryKey?: QueryKey };
  return { key: key ?? queryKey, exact: exact === true };
}
