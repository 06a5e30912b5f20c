// What may be shown of an error (SSR-1, L4). In production it is a digest that stands in the log beside
// the error itself; in development the error as it is. Refuses to log a not-found as a failure.

import { createHash } from "node:crypto";
import { scopeOrNone } from "../render/scope.js";
import { isHttpError } from "./control-flow.js";

/** An error as an error page sees it in production. */
export interface PublicError {
  readonly message: string;
  readonly digest?: string;
}

/** A short name of an error: the same for the same cause, and no way back to its text. */
export function digestOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** Phrases of the statuses that error pages have. */
export function statusText(status: number): string {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return status >= 500 ? "Internal Server Error" : "Error";
  }
}

/** Logs an error that nobody expected and gives what a page may show of it. */
export function publicError(error: unknown): PublicError | unknown {
  const request = scopeOrNone()?.request;
  const development = request?.runtime.development === true;
  if (isHttpError(error)) return development ? error : { message: statusText(error.status) };
  const digest = digestOf(error);
  const log = request?.runtime.log ?? logToConsole;
  log(error, digest, request ? `${request.method} ${request.path}` : "");
  return development ? error : { message: statusText(500), digest };
}

/** Writes an error with its digest to the console. */
export function logToConsole(error: unknown, digest: string, place: string): void {
  console.error(`[velox] ${digest}${place === "" ? "" : " " + place}`, error);
}
