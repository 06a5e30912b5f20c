// Signals on the server: plain values that can be read and written while a page is rendered. Nothing
// subscribes to them, so nothing can leak (case 56). Effects and lifecycle hooks never run here.

import { SIGNAL_BRAND } from "../shared/html.js";
import { scopeOrNone } from "../render/scope.js";
import type { AsyncSignal, AsyncStatus, ReadonlySignal, Signal } from "./types.js";

// Raised by every write: a computed value is as old as the count that it was computed at.
let writes = 0;

class ServerSignal<T> implements Signal<T> {
  #value: T;
  /** Made outside of every request: all visitors share it. */
  readonly #shared: boolean;
  #warned = false;

  constructor(value: T) {
    this.#value = value;
    this.#shared = scopeOrNone() === undefined;
  }

  get brand(): symbol {
    return SIGNAL_BRAND;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    if (this.#shared) this.#refuseShared();
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    writes++;
  }

  /** The value, without watching it. */
  peek(): T {
    return this.#value;
  }

  /** Calls back once with the value; on the server it never changes for a subscriber. */
  subscribe(listener: (value: T) => void): () => void {
    listener(this.#value);
    return nothing;
  }

  toString(): string {
    return String(this.#value);
  }

  toJSON(): T {
    return this.#value;
  }

  valueOf(): T {
    return this.#value;
  }

  // SSR-10: what one request writes, another one would read.
  #refuseShared(): void {
    const scope = scopeOrNone();
    if (scope === undefined) return;
    const message = "a signal at module level was written while a request was answered; on the server all visitors share it";
    if (scope.request?.runtime.development === true) throw new Error(message);
    if (!this.#warned) {
      this.#warned = true;
      console.warn("[velox] " + message);
    }
  }
}

class ServerComputed<T> implements ReadonlySignal<T> {
  readonly #compute: () => T;
  #at = -1;
  #value: T | undefined;

  constructor(compute: () => T) {
    this.#compute = compute;
  }

  get brand(): symbol {
    return SIGNAL_BRAND;
  }

  get value(): T {
    if (this.#at !== writes) {
      const at = writes;
      this.#value = this.#compute();
      this.#at = at;
    }
    return this.#value as T;
  }

  peek(): T {
    return this.value;
  }

  subscribe(listener: (value: T) => void): () => void {
    listener(this.value);
    return nothing;
  }

  toString(): string {
    return String(this.value);
  }

  toJSON(): T {
    return this.value;
  }

  valueOf(): T {
    return this.value;
  }
}

function nothing(): void {}

/** Makes a signal. */
export function signal<T>(value: T): Signal<T>;
export function signal<T = undefined>(): Signal<T | undefined>;
export function signal<T>(value?: T): Signal<T | undefined> {
  return new ServerSignal(value);
}

/** Makes a value that follows from signals; it is computed when it is read. */
export function computed<T>(compute: () => T): ReadonlySignal<T> {
  return new ServerComputed(compute);
}

/** Runs in the browser only; gives the function that ends it. */
export function effect(_run: () => void | (() => void)): () => void {
  return nothing;
}

/** Runs the function; in the browser, what it writes is seen as one change. */
export function batch<T>(run: () => T): T {
  return run();
}

/** Runs the function without watching what it reads. */
export function untrack<T>(run: () => T): T {
  return run();
}

/** A signal whose value the browser keeps; on the server it has its initial value. */
export function persistedSignal<T>(_key: string, initial: T): Signal<T> {
  return new ServerSignal(initial);
}

class ServerAsyncSignal<T> extends ServerSignal<T | undefined> implements AsyncSignal<T> {
  readonly status: AsyncStatus = "loading";
  readonly error: unknown = null;

  refetch(): Promise<void> {
    return Promise.reject(new Error("asyncSignal: refetch() works in the browser only; on the server await the data in the server block"));
  }
}

/** Makes a signal that the browser loads the value of; until then it has the initial one. */
export function asyncSignal<T>(_load: (signal: AbortSignal) => Promise<T>, initial?: T): AsyncSignal<T> {
  return new ServerAsyncSignal<T>(initial);
}
