// What server code imports: errors and redirects, endpoints and middleware, responses, `fetch`, hooks.

export {
  badRequest, forbidden, HttpError, NotFound, notFound, Redirect, redirect, unauthorized,
  type RedirectOptions, type RedirectStatus,
} from "./control-flow.js";
export { type CookieOptions, Cookies, type RequestCookies } from "./cookies.js";
export type { Handler, HandlerContext } from "./endpoint.js";
export { fetch, type FetchOptions } from "./fetch.js";
export { disablePreview, enablePreview, usePreview, type PreviewOptions } from "./preview.js";
export { revalidatePath, revalidateTag, type RevalidateOptions } from "./revalidate.js";
export {
  defineHandler, defineMiddleware, html, json, stream, text, useCookies, useEnv, useHeaders, useRequest,
  type MiddlewareFunction, type MiddlewareResult,
} from "./respond.js";
export { useCache, type CacheKey, type CacheOptions } from "./use-cache.js";
export type { PageResponse, Params } from "../render/view.js";
export type { PublicError } from "./public-error.js";
export type { RequestContext, VeloxRequest } from "./velox-request.js";
