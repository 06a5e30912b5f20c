// The current scope: what belongs to the request and the page that is being rendered right now (SSR-9).
// It lives in one AsyncLocalStorage, shared by every copy of this package in the process, and is read
// on slow paths only. Refuses to guess: outside of a scope `currentScope` throws.

import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestScope } from "../server/request-scope.js";
import type { Collector } from "./collector.js";
import type { DataUse } from "./data-use.js";
import type { IdMask } from "./ids.js";
import type { Render } from "./render.js";
import type { Boundary } from "./suspense.js";
import type { View } from "./view.js";

/** A value that a context provider gave, and the ones around it. */
export interface ContextNode {
  readonly key: object;
  readonly value: unknown;
  readonly outer: ContextNode | null;
}

/** What the code that runs now belongs to. Scopes are never changed, only replaced by narrower ones. */
export interface Scope {
  readonly request: RequestScope | null;
  readonly render: Render | null;
  readonly view: View | null;
  /** Where promises of this place are counted: the page or the nearest boundary. */
  readonly collector: Collector | null;
  readonly contexts: ContextNode | null;
  /** True inside of an island: components there are part of it, whatever they say. */
  readonly island?: boolean;
  /** What `useId` counts with inside of an island; the page's outside of one. */
  readonly ids?: IdMask | undefined;
  /** The nearest `<Suspense>` around this place. */
  readonly boundary?: Boundary | null;
  /** True where content is made that comes into the page as a whole: boundaries in it are waited for. */
  readonly whole?: boolean;
  /** Where tags of data go while data that is to be kept is loaded. */
  readonly data?: DataUse;
}

const KEY = Symbol.for("velox.scope");
let storage: AsyncLocalStorage<Scope> | undefined;

function scopes(): AsyncLocalStorage<Scope> {
  if (storage === undefined) {
    const shared = globalThis as { [KEY]?: AsyncLocalStorage<Scope> };
    storage = shared[KEY] ??= new AsyncLocalStorage<Scope>();
  }
  return storage;
}

/** The current scope, or `undefined` outside of every request. */
export function scopeOrNone(): Scope | undefined {
  return scopes().getStore();
}

/** The current scope of a rendering; `what` names the caller in the error where there is none. */
export function renderScope(what: string): Scope & { render: Render; collector: Collector } {
  const scope = scopes().getStore();
  if (scope === undefined || scope.render === null) {
    throw new Error(`${what} works only while a page is being rendered`);
  }
  return scope as Scope & { render: Render; collector: Collector };
}

/** The current scope of a request; `what` names the caller in the error where there is none. */
export function requestScope(what: string): Scope & { request: RequestScope } {
  const scope = scopes().getStore();
  if (scope === undefined || scope.request === null) {
    throw new Error(`${what} works only while a request is being answered`);
  }
  return scope as Scope & { request: RequestScope };
}

/** Runs `run` and all that it starts in `scope`. */
export function inScope<T>(scope: Scope, run: () => T): T {
  return scopes().run(scope, run);
}
