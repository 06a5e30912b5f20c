// A failure of the application in words: what the event of a failed page says, and which error its place
// is taken from.

import { inspect } from "node:util";
import { isHttpError, isRedirect } from "../server/control-flow.js";
import { WorkFailure } from "./guard.js";
import { PathsError } from "./paths.js";

/** One message for a failure; anything can be thrown. */
export function messageOf(error: unknown): string {
  if (isRedirect(error)) return `the page redirects to ${error.location}; a page rendered at build time cannot`;
  if (error instanceof PathsError || error instanceof WorkFailure) return error.message;
  if (isHttpError(error)) return `the page has status ${error.status}: ${error.message}`;
  return describe(error);
}

/** The text of an error, or of whatever else was thrown. */
export function describe(error: unknown): string {
  if (error instanceof Error) return String(error.message || error.name);
  return typeof error === "string" ? error : inspect(error, { depth: 1, breakLength: Infinity });
}

/** The error whose stack leads to the place: what the application threw, where something is said about it. */
export function originOf(error: unknown): unknown {
  return error instanceof WorkFailure && error.cause !== undefined ? error.cause : error;
}
