// `fetch` of `velox/server` (X1, FET-1 to FET-7): relative URLs go to this application without a
// network hop, equal requests of one rendering share one, cache tags go to the page. Refuses to hand
// a visitor's cookies to another origin, and to follow a chain of own requests without end.

import { checkTags } from "../cache/tags.js";
import { checkLifetime } from "../render/data-use.js";
import { scopeOrNone } from "../render/scope.js";
import { fromEntry, keyOfCall, toLoaded } from "./cached-fetch.js";
import { useOf } from "./data-cache.js";
import { describeResponse, FetchMemo } from "./fetch-memo.js";
import { INTERNAL_HEADER, limitBody, type Incoming } from "./incoming.js";
import { toResponse } from "./reply.js";
import type { RequestScope } from "./request-scope.js";

/** Options beside those of the standard `fetch`. */
export interface FetchOptions extends RequestInit {
  readonly next?: {
    /** Cache tags of the answer, and of the page that is being rendered. */
    readonly tags?: readonly string[];
    /** Seconds that the answer may be kept, and after which the page that is being rendered is made again. */
    readonly revalidate?: number | false;
    /** What the answer depends on beside the request: a request with cookies or authorization is kept only with it. */
    readonly cacheKey?: string;
  };
  /** Milliseconds until the request is given up; 30,000 unless said otherwise. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const MAX_REDIRECTS = 5;
const MAX_DEPTH = 5;

/** The standard `fetch`, with relative URLs, sharing and cache tags. */
export async function fetch(input: string | URL | Request, init: FetchOptions = {}): Promise<Response> {
  const scope = scopeOrNone();
  const request = scope?.request ?? null;
  const { next, timeout, ...rest } = init;
  const tags = checkTags(next?.tags ?? [], "a fetch");
  const lifetime = checkLifetime(next?.revalidate, "next.revalidate");
  if (next !== undefined) useOf(scope)?.record(tags, lifetime);
  const url = resolveUrl(input, request);
  if (url.protocol !== "http:" && url.protocol !== "https:") return globalThis.fetch(input as string, rest);
  const source = input instanceof Request ? new Request(input, rest) : null;
  const method = (source?.method ?? rest.method ?? "GET").toUpperCase();
  const body = source !== null ? source.body : (rest.body ?? null);
  const call: WireCall = {
    url,
    method,
    headers: ownHeaders(source?.headers ?? rest.headers, url, request, source?.credentials ?? rest.credentials),
    body,
    redirect: source?.redirect ?? rest.redirect ?? "follow",
    rest,
    timeout: timeout ?? TIMEOUT,
  };
  const signal = rest.signal ?? source?.signal ?? null;
  if (request === null) return send(call, request, signal);
  const { data } = request.runtime;
  const cache = rest.cache ?? source?.cache;
  // ISR-18: a preview is made of what is there now, and leaves nothing behind.
  const kept = request.preview ? null : await keyOfCall(data.keys, { url, method, headers: call.headers, body, cache, next });
  const answer = async (wanted: AbortSignal | null): Promise<Response> => {
    if (kept === null) return send(call, request, wanted);
    const place = `${method} ${withoutFragment(url)}`;
    const result = await data.get<Response>({ key: kept, place, tags, revalidate: next?.revalidate }, async () => toLoaded(await send(call, request, wanted)));
    return "entry" in result ? fromEntry(result.entry) : result.pass;
  };
  if (body !== null || (method !== "GET" && method !== "HEAD")) return answer(signal);
  const key = JSON.stringify([
    method, withoutFragment(url), [...call.headers].sort(), cache ?? "", next ?? null,
    call.redirect, source?.credentials ?? rest.credentials ?? "",
  ]);
  request.fetches ??= new FetchMemo();
  return request.fetches.get(key, signal, answer);
}

interface WireCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly redirect: RequestRedirect;
  readonly rest: RequestInit;
  readonly timeout: number;
}

function resolveUrl(input: string | URL | Request, request: RequestScope | null): URL {
  if (input instanceof URL) return input;
  const text = input instanceof Request ? input.url : String(input);
  if (URL.canParse(text)) return new URL(text);
  if (request === null) throw new TypeError(`fetch(${JSON.stringify(text)}): a relative URL works only while a request is being answered`);
  if (request.incoming === null && request.runtime.hosts.site === null) {
    throw new TypeError(
      `${request.place}: fetch(${JSON.stringify(text)}) in a page that is shared by all requests needs an origin; ` +
        "set `site` in velox.config",
    );
  }
  return new URL(text, request.origin + request.path);
}

// FET-5: what the visitor sent goes along to the same origin only, and never from a shared page.
function ownHeaders(
  init: HeadersInit | undefined,
  url: URL,
  request: RequestScope | null,
  credentials: RequestCredentials | undefined,
): Headers {
  const headers = new Headers(init);
  if (request?.incoming == null || credentials === "omit" || url.origin !== request.origin) return headers;
  for (const name of ["cookie", "authorization"]) {
    const value = request.incoming.header(name);
    if (value !== null && !headers.has(name)) headers.set(name, value);
  }
  return headers;
}

async function send(call: WireCall, request: RequestScope | null, signal: AbortSignal | null): Promise<Response> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(new DOMException(`fetch of ${call.url.href} took longer than ${call.timeout} ms`, "TimeoutError")), call.timeout);
  timeout.unref();
  const signals = [timer.signal];
  if (signal !== null) signals.push(signal);
  // FET-7: a page for one visitor ends with the visitor; a shared one does not.
  const own = request?.signal ?? null;
  if (own !== null) signals.push(own);
  const all = AbortSignal.any(signals);
  try {
    return await follow(call, request, all);
  } finally {
    clearTimeout(timeout);
  }
}

async function follow(call: WireCall, request: RequestScope | null, signal: AbortSignal): Promise<Response> {
  let { url, method, body } = call;
  const headers = new Headers(call.headers);
  for (let hop = 0; ; hop++) {
    const own = request !== null && url.origin === request.origin;
    const response = own
      ? await inProcess(request, url, method, headers, body, signal)
      : await globalThis.fetch(url, wireInit(call, method, headers, body, signal));
    const location = response.headers.get("location");
    const redirected = [301, 302, 303, 307, 308].includes(response.status) && location !== null;
    if (!redirected || call.redirect === "manual") return describeResponse(response, url.href, hop > 0);
    response.body?.cancel().catch(() => {});
    if (call.redirect === "error") throw new TypeError(`fetch of ${call.url.href} was redirected`);
    if (hop >= MAX_REDIRECTS) throw new TypeError(`fetch of ${call.url.href} was redirected more than ${MAX_REDIRECTS} times`);
    if (!URL.canParse(location, url)) throw new TypeError(`fetch of ${url.href} was redirected to no URL`);
    const target = new URL(location, url);
    if (target.protocol !== "http:" && target.protocol !== "https:") {
      throw new TypeError(`fetch of ${url.href} was redirected to ${target.protocol}`);
    }
    if (target.origin !== url.origin) {
      for (const name of ["authorization", "cookie", "proxy-authorization", "host"]) headers.delete(name);
    }
    if (response.status === 303 ? method !== "HEAD" : response.status < 303 && method === "POST") {
      method = method === "HEAD" ? "HEAD" : "GET";
      body = null;
      for (const name of ["content-type", "content-length", "content-encoding", "content-language"]) headers.delete(name);
    } else if (body instanceof ReadableStream) {
      throw new TypeError(`fetch of ${url.href} was redirected after its body had been sent`);
    }
    url = target;
  }
}

function wireInit(
  call: WireCall,
  method: string,
  headers: Headers,
  body: BodyInit | null,
  signal: AbortSignal,
): RequestInit & { duplex?: "half" } {
  const init: RequestInit & { duplex?: "half" } = { ...call.rest, method, headers, body, signal, redirect: "manual" };
  if (body instanceof ReadableStream) init.duplex = "half";
  return init;
}

async function inProcess(
  request: RequestScope,
  url: URL,
  method: string,
  headers: Headers,
  body: BodyInit | null,
  signal: AbortSignal,
): Promise<Response> {
  const chain = [...request.chain, `${request.method} ${request.path}`];
  if (chain.length > MAX_DEPTH) {
    throw new Error(`fetch nests deeper than ${MAX_DEPTH}: ${[...chain, `${method} ${url.pathname}`].join(" > ")}`);
  }
  signal.throwIfAborted();
  const wire = new Request(url, { method, headers, body, ...(body instanceof ReadableStream ? { duplex: "half" } : {}) } as RequestInit);
  const incoming: Incoming = {
    method,
    target: url.pathname + url.search,
    scheme: url.protocol === "https:" ? "https" : "http",
    ip: request.incoming?.ip ?? "",
    signal,
    header: (name) => (name === "host" ? url.host : wire.headers.get(name)),
    headers() {
      const all = new Headers(wire.headers);
      for (const name of [...all.keys()]) if (INTERNAL_HEADER.test(name)) all.delete(name);
      return all;
    },
    body: (limit, onOverflow) => (wire.body === null ? null : limitBody(wire.body, limit, onOverflow)),
  };
  const answered = request.runtime.respondAt(incoming, request.origin, chain, { data: useOf(scopeOrNone()), shared: request.shared, preview: request.preview }).then(toResponse);
  return new Promise<Response>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    answered.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function withoutFragment(url: URL): string {
  const copy = new URL(url);
  copy.hash = "";
  return copy.href;
}
