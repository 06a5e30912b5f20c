// `request` as blocks, endpoints and middleware see it (M2): a standard `Request` with the route's
// params, the query, the cookies, a place for middleware to leave values, and the client's address. A body
// that is not what it is read as is the client's mistake, so reading it fails with status 400.

import type { Params } from "../render/view.js";
import { MalformedBody } from "./control-flow.js";
import type { RequestCookies } from "./cookies.js";

/** Values that middleware leaves for blocks and endpoints; widen it by declaration merging. */
export interface RequestContext {
  [key: string]: any;
}

/** A Web `Request` with what the router and the middleware know. */
export interface VeloxRequest<P = Params> extends Request {
  readonly params: P;
  readonly query: URLSearchParams;
  readonly cookies: RequestCookies;
  context: RequestContext;
  /** The client's address; proxies count as far as `trustProxy` says. */
  readonly ip: string;
  /**
   * A random value for the `nonce` of inline scripts and of a content security policy. The framework's own scripts carry it
   * once it was asked for before the page left, or where `app.csp` is set.
   */
  readonly nonce: string;
}

/** Where the added properties come from. */
export interface RequestParts {
  readonly params: Params;
  readonly query: URLSearchParams;
  readonly cookies: RequestCookies;
  context: RequestContext;
  readonly ip: string;
  readonly nonce: string;
}

/** Adds the properties to a request; each is read when it is asked for. */
export function extendRequest(request: Request, parts: RequestParts): VeloxRequest {
  const property = (name: keyof RequestParts): PropertyDescriptor => ({
    get: () => parts[name],
    enumerable: true,
    configurable: true,
  });
  Object.defineProperties(request, {
    params: property("params"),
    query: property("query"),
    cookies: property("cookies"),
    ip: property("ip"),
    nonce: property("nonce"),
    context: {
      ...property("context"),
      set(value: RequestContext) {
        parts.context = value;
      },
    },
    json: method(() => readJson(request)),
    formData: method(() => readForm(request)),
    clone: method(() => extendRequest(Request.prototype.clone.call(request), parts)),
  });
  return request as VeloxRequest;
}

function method(value: () => unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await Request.prototype.json.call(request);
  } catch (error) {
    if (error instanceof SyntaxError) throw new MalformedBody(`the request body is not JSON: ${error.message}`, error);
    throw error;
  }
}

async function readForm(request: Request): Promise<FormData> {
  // Reading a body twice is the application's mistake, and a TypeError as well.
  const { bodyUsed } = request;
  try {
    return await Request.prototype.formData.call(request);
  } catch (error) {
    if (error instanceof TypeError && !bodyUsed) throw new MalformedBody("the request body is not a form", error);
    throw error;
  }
}
