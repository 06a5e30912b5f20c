// Signals that are kept in `localStorage`.

import type { Signal } from "../types.js";
import { page } from "./shared-state.js";
import { signal, type Connected } from "./signals.js";

let waiting: (() => void)[] = [];
// The browser tells other windows alone of a change: signals of this one tell each other.
const others = new Set<(key: string | null, text: string | null) => void>();

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
      for (const other of others) other(key, text);
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
  const heard = (changed: string | null, text: string | null): void => {
    if ((changed === key || changed === null) && text !== known) take(text);
  };
  const fromOutside = (event: StorageEvent): void => {
    if (event.storageArea === localStorage) heard(event.key, event.newValue);
  };
  return {
    signal: own,
    connect() {
      take(stored());
      others.add(heard);
      addEventListener("storage", fromOutside);
      const end = own.subscribe(keep);
      return () => {
        end();
        others.delete(heard);
        removeEventListener("storage", fromOutside);
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
