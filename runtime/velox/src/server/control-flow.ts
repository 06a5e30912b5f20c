// What ends a block other than its HTML (S5, SSR-8): not found, a status with a message, a redirect.
// Each may be thrown or returned. Refuses a redirect that leaves the site unless it is said to, and
// any target that is no web address.

import { scopeOrNone } from "../render/scope.js";

const CONTROL = Symbol.for("velox.control");

/** An error with an HTTP status. Endpoints send its message; pages show the nearest error page. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers?: HeadersInit) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.headers = new Headers(headers);
  }

  get [CONTROL](): "error" {
    return "error";
  }
}

/** A request's body is not what it was read as: 400, for it is the client that made the mistake. */
export class MalformedBody extends SyntaxError {
  readonly status = 400;
  readonly headers = new Headers();

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MalformedBody";
  }

  get [CONTROL](): "error" {
    return "error";
  }
}

/** The page does not exist: the nearest error page is shown with status 404. */
export class NotFound extends HttpError {
  constructor(message = "Not Found") {
    super(404, message);
    this.name = "NotFound";
  }
}

/** For `throw notFound()` or `return notFound()`. */
export function notFound(message?: string): NotFound {
  return new NotFound(message);
}

/** A redirect that was asked for. */
export class Redirect {
  readonly status: number;
  readonly location: string;
  readonly headers: Headers;

  constructor(status: number, location: string, headers: Headers) {
    this.status = status;
    this.location = location;
    this.headers = headers;
  }

  get [CONTROL](): "redirect" {
    return "redirect";
  }
}

/** The statuses that a redirect may have. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** How a redirect may differ from the usual one. */
export interface RedirectOptions {
  readonly status?: RedirectStatus;
  readonly headers?: HeadersInit;
  /** Allows a target on another origin. Never pass a user's input along with it. */
  readonly external?: boolean;
}

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const NOWHERE = "http://velox.invalid";

/**
 * Redirects to a path of this site, or with `{ external: true }` to any `http` or `https` address.
 * Throw it or return it.
 */
export function redirect(
  url: string | URL,
  status: RedirectStatus | RedirectOptions = 302,
  headers?: HeadersInit,
): Redirect {
  const options: RedirectOptions = typeof status === "number" ? { status } : status;
  const code = options.status ?? 302;
  if (!STATUSES.has(code)) throw new RangeError(`redirect: ${code} is not one of 301, 302, 303, 307, 308`);
  const all = new Headers(options.headers);
  new Headers(headers).forEach((value, name) => all.append(name, value));
  all.delete("location");
  const found = new Redirect(code, redirectTarget(String(url), options.external === true), all);
  // A page for everybody cannot redirect at build time; the failure names the place.
  if (scopeOrNone()?.request?.incoming === null) Error.captureStackTrace(found, redirect);
  return found;
}

function redirectTarget(target: string, external: boolean): string {
  const absolute = URL.canParse(target);
  if (!absolute && !URL.canParse(target, NOWHERE)) throw new TypeError(`redirect: ${JSON.stringify(target)} is no URL`);
  // Without a base where that is possible: `http:host` would else be read as a path of it.
  const url = absolute ? new URL(target) : new URL(target, NOWHERE);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`redirect: a target must be http or https, not ${JSON.stringify(url.protocol)}`);
  }
  if (url.origin !== NOWHERE) {
    if (external || (absolute && url.origin === scopeOrNone()?.request?.origin)) return url.href;
    throw new TypeError(
      `redirect: ${JSON.stringify(target)} leads off this site; pass { external: true } if that is meant`,
    );
  }
  // The dots and slashes of `/.//host` would become a target on another host.
  if (/^[\\/]/.test(target.trimStart())) return onSite(url.pathname) + url.search + url.hash;
  return target;
}

/** A path that begins with exactly one slash. */
export function onSite(path: string): string {
  return "/" + path.replace(/^[\\/]+/, "");
}

/** True for anything that ends a block on purpose. */
export function isControlFlow(value: unknown): value is HttpError | Redirect | Response {
  if (typeof value !== "object" || value === null) return false;
  return CONTROL in value || value instanceof Response;
}

/** True for an error with a status, of this or another copy of the package. */
export function isHttpError(value: unknown): value is HttpError {
  return typeof value === "object" && value !== null && (value as { [CONTROL]?: unknown })[CONTROL] === "error";
}

/** True for a redirect, of this or another copy of the package. */
export function isRedirect(value: unknown): value is Redirect {
  return typeof value === "object" && value !== null && (value as { [CONTROL]?: unknown })[CONTROL] === "redirect";
}

/** 400 with a message for the client. */
export function badRequest(message = "Bad Request", headers?: HeadersInit): HttpError {
  return new HttpError(400, message, headers);
}

/** 401 with a message for the client. */
export function unauthorized(message = "Unauthorized", headers?: HeadersInit): HttpError {
  return new HttpError(401, message, headers);
}

/** 403 with a message for the client. */
export function forbidden(message = "Forbidden", headers?: HeadersInit): HttpError {
  return new HttpError(403, message, headers);
}
