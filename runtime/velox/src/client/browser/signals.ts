// Signals in the browser, in the forms that hold outside of components. `hooks.ts` has those for inside of one,
// which keep what they made from one rendering to the next.

import { batch as batched, computed as coreComputed, effect as coreEffect, signal as coreSignal, untracked } from "@preact/signals";
import type { AsyncSignal, AsyncStatus, ReadonlySignal, Signal, SignalFunction } from "../types.js";
import { whenHydrated } from "./hydration.js";
import { withCleanups } from "./lifecycle.js";

export const signal = coreSignal as unknown as SignalFunction;

export const computed = coreComputed as unknown as <T>(compute: () => T) => ReadonlySignal<T>;

export function effect(run: () => void | (() => void)): () => void {
  return coreEffect(() => withCleanups(run));
}

export function batch<T>(run: () => T): T {
  return batched(run);
}

export function untrack<T>(run: () => T): T {
  return untracked(run);
}

/** A signal, and what connects it with the world outside; that gives what ends the connection. */
export interface Connected<S> {
  readonly signal: S;
  connect(): () => void;
}

export function persisted<T>(key: string, initial: T): Connected<Signal<T>> {
  const own = signal(initial);
  let known: string | null = null;
  const take = (text: string | null): void => {
    known = text;
    try {
      own.value = text === null ? initial : (JSON.parse(text) as T);
    } catch {
      own.value = initial;
    }
  };
  const keep = (value: T): void => {
    try {
      const text = value === undefined ? null : JSON.stringify(value);
      if (text === known || (known === null && Object.is(value, initial))) return;
      known = text;
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // A full or forbidden store: the value lives as long as the page.
    }
  };
  const stored = (): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const changed = (event: StorageEvent): void => {
    if (event.storageArea === localStorage && (event.key === key || event.key === null)) take(event.newValue);
  };
  return {
    signal: own,
    connect() {
      take(stored());
      addEventListener("storage", changed);
      const end = own.subscribe(keep);
      return () => {
        end();
        removeEventListener("storage", changed);
      };
    },
  };
}

export function persistedSignal<T>(key: string, initial: T): Signal<T> {
  const { signal: own, connect } = persisted(key, initial);
  // The server printed the initial value: what is hydrated has to begin with it.
  whenHydrated(connect);
  return own;
}

export function loading<T>(load: (signal: AbortSignal) => Promise<T>, initial?: T): Connected<AsyncSignal<T>> {
  const own = signal(initial);
  const status = signal<AsyncStatus>("loading");
  const error = signal<unknown>(null);
  const again = signal(0);
  let running: AbortController | null = null;
  let settled: Promise<void> = Promise.resolve();

  // What `load` reads before it waits for anything is watched.
  const start = (): (() => void) => {
    again.value;
    running?.abort();
    const controller = (running = new AbortController());
    const current = (): boolean => running === controller;
    batch(() => (status.value = "loading"));
    const done = (state: AsyncStatus, set: () => void): void => {
      if (current()) batch(() => ((status.value = state), set()));
    };
    let promise: Promise<T>;
    try {
      promise = Promise.resolve(load(controller.signal));
    } catch (thrown) {
      promise = Promise.reject(thrown);
    }
    settled = promise.then(
      (value) => done("success", () => ((own.value = value), (error.value = null))),
      (thrown: unknown) => done("error", () => (error.value = thrown)),
    );
    return () => {
      if (current()) running = null;
      controller.abort();
    };
  };

  Object.defineProperties(own, {
    status: { get: () => status.value },
    error: { get: () => error.value },
    refetch: {
      value: (): Promise<void> => {
        again.value = again.peek() + 1;
        return settled;
      },
    },
  });
  return { signal: own as AsyncSignal<T>, connect: () => coreEffect(start) };
}

export function asyncSignal<T>(load: (signal: AbortSignal) => Promise<T>, initial?: T): AsyncSignal<T> {
  const { signal: own, connect } = loading(load, initial);
  connect();
  return own;
}
