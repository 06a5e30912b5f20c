// `request` as blocks, endpoints and middleware see it (M2): a standard `Request` with the route's
// params, the query, the cookies, a place for middleware to leave values, and the client's address.

import type { Params } from "../render/view.js";
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
}

/** Where the added properties come from. */
export interface RequestParts {
  readonly params: Params;
  readonly query: URLSearchParams;
  readonly cookies: RequestCookies;
  context: RequestContext;
  readonly ip: string;
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
    context: {
      ...property("context"),
      set(value: RequestContext) {
        parts.context = value;
      },
    },
  });
  return request as VeloxRequest;
}
