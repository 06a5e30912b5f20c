// A mutation in a component of the browser, on the hooks of preact.

import { useLayoutEffect, useMemo } from "preact/hooks";
import type { MutationOptions, MutationResult } from "../types.js";
import { useQueryClient } from "./context.js";
import { Mutation } from "./mutation.js";
import { useRedraw } from "./owner.js";

/** A mutation. */
export function useMutation<T, V = void, C = unknown>(options: MutationOptions<T, V, C>): MutationResult<T, V> {
  const client = useQueryClient();
  const redraw = useRedraw();
  const mutation = useMemo(() => new Mutation(client, options), [client]);
  mutation.options = options;
  useLayoutEffect(() => mutation.subscribe(redraw), [mutation]);
  return mutation.view();
}
