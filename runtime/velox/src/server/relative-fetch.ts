// Lets modules that pages share with the browser say `fetch('/api/teas')` on the server too (X1): there the global `fetch`
// refuses a relative URL, whatever it is given besides. Refuses to touch any other call.

import { scopeOrNone } from "../render/scope.js";
import { fetch as ownFetch, type FetchOptions } from "./fetch.js";

const KEY = Symbol.for("velox.relative-fetch");

/** Takes the calls of the global `fetch` that name a path of this application, while a request is being answered. */
export function allowRelativeFetch(): void {
  const shared = globalThis as { [KEY]?: true };
  if (shared[KEY] === true) return;
  shared[KEY] = true;
  const original = globalThis.fetch;
  globalThis.fetch = Object.assign(function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const own = typeof input === "string" && /^\/(?![/\\])/.test(input) && (scopeOrNone()?.request ?? null) !== null;
    return own ? ownFetch(input, init as FetchOptions) : original(input, init);
  }, original);
}
