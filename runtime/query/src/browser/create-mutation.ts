// Mutations that are made in a module. In a component they are the hook.

import { signal, type Signal } from "@preact/signals";
import type { MutationOptions, MutationResult } from "../types.js";
import { Mutation } from "./mutation.js";
import { useOwner } from "./owner.js";
import { getPageClient } from "./page.js";
import { useMutation } from "./use-mutation.js";

/** A mutation that may be made outside of a component too. */
export function createMutation<T, V = void, C = unknown>(options: MutationOptions<T, V, C>): MutationResult<T, V> {
  if (useOwner() !== null) return useMutation(options);
  let made: Signal<MutationResult<T, V>> | undefined;
  const shown = (): MutationResult<T, V> => {
    if (made === undefined) {
      const mutation = new Mutation(getPageClient(), options);
      const view = (made = signal(mutation.view()));
      mutation.subscribe(() => {
        view.value = mutation.view();
      });
    }
    return made.value;
  };
  const names = ["status", "data", "error", "variables", "mutate", "mutateAsync", "reset"] as const;
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [
    name, { enumerable: true, get: () => shown()[name] },
  ]))) as MutationResult<T, V>;
}
