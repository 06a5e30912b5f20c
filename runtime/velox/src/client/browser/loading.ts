// Signals that the browser loads.

import { effect as coreEffect } from "@preact/signals";
import type { AsyncSignal, AsyncStatus } from "../types.js";
import { batch, signal, type Connected } from "./signals.js";

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
