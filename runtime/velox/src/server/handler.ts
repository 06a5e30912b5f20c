// A built application as a function from Request to Response (X6), for every host that speaks Web
// standards. Files and pages of the build come in through the options.

import type { App } from "./app.js";
import { fromRequest } from "./incoming.js";
import { toResponse } from "./reply.js";
import { Runtime, type RuntimeOptions } from "./runtime.js";

export type { App, ErrorPage, Route, Segment } from "./app.js";
export type { PrerenderedPage, PrerenderedPages } from "./isr.js";
export { MemoryStore } from "../cache/memory.js";
export type { CacheStore, Entry, Found, Lease, Stats } from "../cache/store.js";
export type { Purge } from "./purge.js";
export { Runtime, type RuntimeOptions } from "./runtime.js";

/** What the host knows of the client. */
export interface ClientInfo {
  readonly ip?: string;
}

/** Answers Web requests. */
export type WebHandler = (request: Request, info?: ClientInfo) => Promise<Response>;

/** Makes the handler of an application. */
export function createHandler(app: App, options?: RuntimeOptions): WebHandler {
  const runtime = new Runtime(app, options);
  return async (request, info) => toResponse(await runtime.respond(fromRequest(request, info?.ip ?? "")));
}
