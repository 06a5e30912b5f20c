// What happens around a mutation: a change that is shown before it is made, taking it back where it fails, and
// fetching again what is out of date.

import type { MutationObserverOptions } from "@tanstack/query-core";
import { workOf } from "../options.js";
import type { MutationOptions } from "../types.js";
import type { QueryClient } from "./client.js";

/** Options of a mutation in the words of query-core. */
export function mutationOptions<T, V, C>(client: QueryClient, options: MutationOptions<T, V, C>): MutationObserverOptions<T, Error, V, unknown> {
  const { invalidates, onMutate, onError, onSuccess, onSettled, retry, retryDelay } = options;
  const work = workOf<T, V>(options);
  const invalidate = async (keys: readonly (readonly unknown[])[]): Promise<void> => {
    await Promise.all(keys.map((key) => client.invalidateQueries(key)));
  };
  return {
    ...(retry === undefined ? null : { retry }),
    ...(retryDelay === undefined ? null : { retryDelay }),
    mutationFn: async (variables) => work(variables),
    onMutate: (variables) => onMutate?.(variables),
    onError: async (error, variables, context) => {
      if (typeof context === "function") context();
      await onError?.(error, variables, context as C | undefined);
    },
    onSuccess: async (data, variables, context) => {
      await onSuccess?.(data, variables, context as C | undefined);
      if (typeof invalidates === "function") await invalidate(invalidates(data, variables));
    },
    onSettled: async (data, error, variables, context) => {
      await onSettled?.(data, error, variables, context as C | undefined);
      if (typeof invalidates === "object") await invalidate(invalidates);
    },
  };
}
