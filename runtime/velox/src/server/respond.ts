// Responses and handlers as one writes them in endpoints and middleware.

import { requestScope } from "../render/scope.js";
import { isShared, StaticAccessError, type Params } from "../render/view.js";
import type { Cookies } from "./cookies.js";
import type { Handler } from "./endpoint.js";
import { keepWhole } from "./reply.js";
import type { VeloxRequest } from "./velox-request.js";

/** A handler of one method of an endpoint. */
export function defineHandler<P = Record<string, any>>(handler: Handler<P>): Handler<P> {
  return handler;
}

/** What middleware may return. */
export type MiddlewareResult = Response | object | string | undefined | void;

/** Runs before every route; `next()` gives the route's response. */
export type MiddlewareFunction = (
  request: VeloxRequest,
  next: () => Promise<Response>,
) => MiddlewareResult | Promise<MiddlewareResult>;

/** The middleware of an application. */
export function defineMiddleware(middleware: MiddlewareFunction): MiddlewareFunction {
  return middleware;
}

function withType(body: BodyInit | null, type: string, init: ResponseInit | number | undefined): Response {
  const options: ResponseInit = typeof init === "number" ? { status: init } : { ...init };
  const headers = new Headers(options.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  const response = new Response(body, { ...options, headers });
  return typeof body === "string" ? keepWhole(response, body) : response;
}

/** A JSON response. */
export function json(value: unknown, init?: ResponseInit | number): Response {
  return withType(JSON.stringify(value) ?? "null", "application/json; charset=utf-8", init);
}

/** A plain text response. */
export function text(value: string, init?: ResponseInit | number): Response {
  return withType(value, "text/plain; charset=utf-8", init);
}

/** An HTML response; the string is sent as it is. */
export function html(value: string | { toString(): string }, init?: ResponseInit | number): Response {
  return withType(String(value), "text/html; charset=utf-8", init);
}

/** A streamed response from a stream or from anything that gives chunks one after another. */
export function stream(
  source: ReadableStream<Uint8Array> | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  init?: ResponseInit | number,
): Response {
  const body = source instanceof ReadableStream ? source : streamOf(source);
  const response = withType(body, "text/plain; charset=utf-8", init);
  if (!response.headers.has("x-accel-buffering")) response.headers.set("x-accel-buffering", "no");
  return response;
}

function streamOf(source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : (source as Iterable<string | Uint8Array>)[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  });
}

// The hooks are refused in a shared page by the same rule as `request` itself (SSR-11).
function received(name: string) {
  const scope = requestScope(name + "()");
  const state = scope.view?.state;
  if (state !== undefined && isShared(state)) throw new StaticAccessError(state, name + "()");
  return scope.request;
}

/** The request that is being answered. */
export function useRequest<P = Params>(): VeloxRequest<P> {
  return received("useRequest").request as VeloxRequest<P>;
}

/** The headers of the request that is being answered. */
export function useHeaders(): Headers {
  return received("useHeaders").request.headers;
}

/** The cookies of the request; what is set or deleted goes out with the response. */
export function useCookies(): Cookies {
  return received("useCookies").cookies;
}

/** A variable of the server's environment, or all of them. */
export function useEnv(): Readonly<Record<string, string | undefined>>;
export function useEnv(name: string): string | undefined;
export function useEnv(name: string, fallback: string): string;
export function useEnv(name?: string, fallback?: string): unknown {
  if (name === undefined) return { ...process.env };
  return Object.hasOwn(process.env, name) ? process.env[name] : fallback;
}
