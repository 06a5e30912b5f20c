// Signals that are kept in `localStorage`.

import type { Signal } from "../types.js";
import { page } from "./shared-state.js";
import { signal, type Connected } from "./signals.js";

let waiting: (() => void)[] = [];

// Runs it when the first part of the page has been taken over; at once where that is done.
function whenHydrated(run: () => void): void {
  if (page.alive === true) return run();
  waiting.push(run);
  page.wasTaken = () => {
    for (const one of waiting.splice(0)) one();
  };
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
