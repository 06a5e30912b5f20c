// Endpoints (L5): exported methods, HEAD after GET, OPTIONS answered, 405 with `Allow` for the rest.
// What a handler returns becomes a response by one rule. Refuses nothing that is a value: a handler
// that returns nothing gives 204.

import { inScope } from "../render/scope.js";
import { isHtml } from "../shared/html.js";
import type { EndpointModule } from "./app.js";
import { isHttpError, isRedirect, type HttpError } from "./control-flow.js";
import { redirectReply, textReply, type Answer, type Reply } from "./reply.js";
import type { RequestScope } from "./request-scope.js";
import type { VeloxRequest } from "./velox-request.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** What a handler may be given beside the request. */
export interface HandlerContext<P = Record<string, any>> {
  readonly params: P;
  readonly url: URL;
}

/** A function that answers one method. */
export type Handler<P = any> = (request: VeloxRequest<P>, context: HandlerContext<P>) => unknown;

/** Runs the handler for the request's method. */
export async function runEndpoint(module: EndpointModule, scope: RequestScope): Promise<Answer> {
  const { method } = scope;
  let handler = methodOf(module, method);
  if (handler === null && method === "HEAD") handler = methodOf(module, "GET");
  if (handler === null) {
    const allow = allowedMethods(module);
    if (method === "OPTIONS") return { status: 204, headers: [["allow", allow]], body: null };
    return textReply(405, "Method Not Allowed", [["allow", allow]]);
  }
  const run = handler;
  const view = { request: scope, render: null, view: null, collector: null, contexts: null };
  try {
    const out: unknown = await inScope(view, () => run(scope.request, { params: scope.params, url: scope.url }));
    return answerOf(out);
  } catch (error) {
    const answer = controlAnswer(error);
    if (answer === null) throw error;
    return answer;
  }
}

function methodOf(module: EndpointModule, method: string): Handler | null {
  if (!(METHODS as readonly string[]).includes(method)) return null;
  const handler = Object.hasOwn(module, method) ? module[method] : undefined;
  return typeof handler === "function" ? (handler as Handler) : null;
}

function allowedMethods(module: EndpointModule): string {
  const methods = METHODS.filter(
    (method) => methodOf(module, method) !== null || (method === "HEAD" && methodOf(module, "GET") !== null),
  );
  return [...methods.filter((method) => method !== "OPTIONS"), "OPTIONS"].join(", ");
}

/** A handler's value as an answer. */
export function answerOf(value: unknown): Answer {
  const control = controlAnswer(value);
  if (control !== null) return control;
  if (value === undefined) return { status: 204, headers: [], body: null };
  if (typeof value === "string") {
    return { status: 200, headers: [["content-type", "text/plain; charset=utf-8"]], body: value };
  }
  if (typeof value === "object" && value !== null) {
    if (isHtml(value)) {
      return { status: 200, headers: [["content-type", "text/html; charset=utf-8"]], body: value.toString() };
    }
    if (value instanceof ReadableStream || value instanceof Uint8Array) {
      return { status: 200, headers: [["content-type", "application/octet-stream"]], body: value as Reply["body"] };
    }
  }
  const body = JSON.stringify(value);
  if (body === undefined) throw new TypeError(`a handler returned ${typeof value}, which is no response`);
  return { status: 200, headers: [["content-type", "application/json; charset=utf-8"]], body };
}

/** A response, a redirect or an error with a status as an answer; null for anything else. */
export function controlAnswer(value: unknown): Answer | null {
  if (value instanceof Response) return value;
  if (isRedirect(value)) {
    const answer = redirectReply(value.status, value.location, value.headers.get("cache-control") ?? "no-store");
    value.headers.forEach((text, name) => {
      if (name !== "cache-control") answer.headers.push([name, text]);
    });
    return answer;
  }
  return isHttpError(value) ? errorAnswer(value) : null;
}

function errorAnswer(error: HttpError): Answer {
  const answer: Reply = {
    status: error.status,
    headers: [["content-type", "application/json; charset=utf-8"], ["cache-control", "no-store"]],
    body: JSON.stringify({ error: error.message }),
  };
  error.headers.forEach((text, name) => answer.headers.push([name, text]));
  return answer;
}
