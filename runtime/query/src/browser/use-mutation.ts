// A mutation in a component of the browser, on the hooks of preact.

import { useEffect, useMemo } from "preact/hooks";
import type { MutationOptions, MutationResult } from "../types.js";
import { useQueryClient, useRedraw } from "./context.js";
import { Mutation } from "./mutation.js";

/** A mutation. */
export function useMutation<T, V = void, C = unknown>(options: MutationOptions<T, V, C>): MutationResult<T, V> {
  const client = useQueryClient();
  const redraw = useRedraw();
  const mutation = useMemo(() => new Mutation(client, options), [client]);
  mutation.options = options;
  useEffect(() => mutation.subscribe(redraw), [mutation]);
  return mutation.view();
}
