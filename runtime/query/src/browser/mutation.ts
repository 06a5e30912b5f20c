// A mutation: where it is, a change that is shown before it is made and taken back where it fails, and fetching again what
// is out of date. Our own: query-core's would be a tenth of what a page with queries loads. Refuses to keep anything: when
// nobody shows a mutation any more, what it has begun still ends.

import { notifyManager, onlineManager } from "@tanstack/query-core";
import type { MutationNames, MutationOptions, MutationResult, TanStackMutationNames } from "../types.js";
import type { QueryClient } from "./client.js";

type State<T, V> = Pick<MutationResult<T, V>, "status" | "data" | "error" | "variables">;

const IDLE = { status: "idle", data: undefined, error: null, variables: undefined } as const;

/** What a mutation does, whoever shows it. */
export class Mutation<T, V, C> {
  state: State<T, V> = IDLE;
  /** Set by whoever shows it, on each rendering. */
  options: MutationOptions<T, V, C>;
  readonly #client: QueryClient;
  readonly #listeners = new Set<() => void>();
  #run = 0;

  constructor(client: QueryClient, options: MutationOptions<T, V, C>) {
    this.#client = client;
    this.options = options;
  }

  /** Calls the listener after each change of the state; gives the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  readonly reset = (): void => {
    this.#run++;
    this.#set(IDLE);
  };

  readonly mutate = (variables: V): void => {
    this.mutateAsync(variables).catch(() => undefined);
  };

  readonly mutateAsync = async (variables: V): Promise<T> => {
    const { options } = this;
    const { invalidates, onMutate, onError, onSuccess, onSettled } = options;
    // A change that was asked for after this one is what is shown.
    const run = ++this.#run;
    const set = (state: State<T, V>): void => {
      if (run === this.#run) this.#set(state);
    };
    const settle = async (data: T | undefined, error: Error | null): Promise<void> => {
      await onSettled?.(data, error, variables, context as C | undefined);
      if (typeof invalidates === "object") await this.#invalidate(invalidates);
    };
    set({ ...IDLE, status: "loading", variables });
    let context: unknown;
    try {
      context = await onMutate?.(variables);
      const data = await this.#work(variables);
      await onSuccess?.(data, variables, context as C | undefined);
      if (typeof invalidates === "function") await this.#invalidate(invalidates(data, variables));
      await settle(data, null);
      set({ status: "success", data, error: null, variables });
      return data;
    } catch (thrown) {
      const error = thrown as Error;
      if (typeof context === "function") context();
      try {
        await onError?.(error, variables, context as C | undefined);
        await settle(undefined, error);
      } finally {
        set({ status: "error", data: undefined, error, variables });
      }
      throw error;
    }
  };

  async #work(variables: V): Promise<T> {
    const { retry = 0, retryDelay = (failures: number) => Math.min(1000 * 2 ** failures, 30_000) } = this.options;
    for (let failures = 0; ; failures++) {
      await online();
      try {
        return await workOf<T, V>(this.options)(variables);
      } catch (thrown) {
        const error = thrown as Error;
        const again = typeof retry === "function" ? retry(failures, error) : retry === true || failures < Number(retry);
        if (!again) throw error;
        const wait = typeof retryDelay === "function" ? retryDelay(failures, error) : retryDelay;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  async #invalidate(keys: readonly (readonly unknown[])[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#client.invalidateQueries(key)));
  }

  #set(state: State<T, V>): void {
    this.state = state;
    notifyManager.batch(() => this.#listeners.forEach((listener) => listener()));
  }

  /** The mutation as components see it. */
  view(): MutationResult<T, V> {
    const { mutate, mutateAsync, reset } = this;
    return { ...this.state, mutate, mutateAsync, reset };
  }
}

// The work of a mutation, under either name.
function workOf<T, V>(options: MutationNames<T, V> | TanStackMutationNames<T, V>): (variables: V) => T | PromiseLike<T> {
  const { mutate, mutationFn } = options as Partial<MutationNames<T, V> & TanStackMutationNames<T, V>>;
  return (mutate ?? mutationFn)!;
}

// Resolves when there is a network.
function online(): Promise<void> | undefined {
  if (onlineManager.isOnline()) return undefined;
  return new Promise((resolve) => {
    const end = onlineManager.subscribe((is) => {
      if (!is) return;
      end();
      resolve();
    });
  });
}
