// Everything that belongs to one received request (SSR-9): its canonical URL, cookies, the context that
// middleware fills, the fetches it shares. Parts that cost something are made on first use. A page that
// is rendered for everybody has a scope without a received request; reading from one is refused.

import { randomBytes } from "node:crypto";
import type { DataUse } from "../render/data-use.js";
import type { Params } from "../render/view.js";
import { Cookies, sealCookies } from "./cookies.js";
import type { SharedWork } from "./data-cache.js";
import type { FetchMemo } from "./fetch-memo.js";
import type { Incoming } from "./incoming.js";
import type { Runtime } from "./runtime.js";
import { extendRequest, type RequestContext, type RequestParts, type VeloxRequest } from "./velox-request.js";

/** What a scope is made from. */
export interface RequestScopeSource {
  readonly runtime: Runtime;
  /** Null for a page that is rendered for everybody. */
  readonly incoming: Incoming | null;
  readonly method: string;
  /** The canonical path. */
  readonly path: string;
  readonly search: string;
  readonly origin: string;
  readonly params: Params;
  /** The requests of this process that led here, outermost first (FET-1). */
  readonly chain: readonly string[];
  /** Path and name of what is rendered, for messages. */
  readonly place: string;
  /** Ends the fetches of a page that is rendered for everybody (ISR-10). */
  readonly signal?: AbortSignal | undefined;
  /** The page for everybody that this is, or that it is fetched for. */
  readonly shared?: SharedWork | null | undefined;
  /** Where the tags of data go, in a request that a page of this process made (INV-7). */
  readonly data?: DataUse | null | undefined;
  /** Whether this is for a visitor who previews the site (ISR-18); the cookie says so where nothing else does. */
  readonly preview?: boolean | undefined;
}

/** One request being answered. */
export class RequestScope implements RequestParts {
  readonly runtime: Runtime;
  readonly incoming: Incoming | null;
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly origin: string;
  readonly params: Params;
  readonly chain: readonly string[];
  readonly place: string;
  readonly shared: SharedWork | null;
  readonly data: DataUse | null;
  context: RequestContext = Object.create(null) as RequestContext;
  /** True once the body was longer than allowed: the answer is 413 whatever the endpoint made of it. */
  bodyOverflow = false;
  /** True where the answer is a page that leaves in parts. */
  streamed = false;
  fetches: FetchMemo | null = null;
  readonly #signal: AbortSignal | undefined;
  #preview: boolean | undefined;
  #url: URL | null = null;
  #cookies: Cookies | null = null;
  #request: VeloxRequest | null = null;
  #nonce: string | null = null;
  #sealed = false;

  constructor(source: RequestScopeSource) {
    this.runtime = source.runtime;
    this.incoming = source.incoming;
    this.method = source.method;
    this.path = source.path;
    this.search = source.search;
    this.origin = source.origin;
    this.params = source.params;
    this.chain = source.chain;
    this.place = source.place;
    this.#signal = source.signal;
    this.shared = source.shared ?? null;
    this.data = source.data ?? null;
    this.#preview = source.preview;
  }

  /** True for a visitor who previews the site (ISR-18). */
  get preview(): boolean {
    return (this.#preview ??= this.incoming !== null && this.runtime.previews?.isOn(this.incoming.header("cookie")) === true);
  }

  get url(): URL {
    return (this.#url ??= new URL(this.origin + this.path + this.search));
  }

  /** Aborts when nobody needs the answer any more: its visitor left, or its rendering took too long. */
  get signal(): AbortSignal | null {
    return this.#signal ?? this.incoming?.signal ?? null;
  }

  get query(): URLSearchParams {
    return this.url.searchParams;
  }

  get ip(): string {
    const incoming = this.#received("request.ip");
    return this.runtime.hosts.clientIp(incoming);
  }

  get cookies(): Cookies {
    if (this.#cookies === null) {
      this.#cookies = new Cookies(this.#received("cookies").header("cookie"), this.origin.startsWith("https:"));
      if (this.#sealed) sealCookies(this.#cookies);
    }
    return this.#cookies;
  }

  /** Headers are about to leave: from now on a cookie that is set is an error, since nobody would get it. */
  seal(): void {
    this.#sealed = true;
    if (this.#cookies) sealCookies(this.#cookies);
  }

  /** `Set-Cookie` values that the response needs. */
  get setCookies(): readonly string[] {
    return this.#cookies === null ? [] : this.#cookies.changes;
  }

  /** Names the scripts of this response that its content security policy lets through; made when it is first asked for. */
  get nonce(): string {
    this.#received("request.nonce");
    return (this.#nonce ??= randomBytes(16).toString("base64"));
  }

  /** The nonce that the page's scripts need: where there is a policy, or somebody has asked for it. */
  get usedNonce(): string | null {
    if (this.incoming === null) return null;
    const { csp } = this.runtime.app;
    return csp === true || typeof csp === "string" ? this.nonce : this.#nonce;
  }

  /** The nonce, where a script has it. */
  get givenNonce(): string | null {
    return this.#nonce;
  }

  /** Ends what this request does for a client that has left. */
  leave(): void {
    this.incoming?.leave?.();
  }

  get request(): VeloxRequest {
    return (this.#request ??= this.#makeRequest());
  }

  #received(what: string): Incoming {
    if (this.incoming === null) {
      throw new Error(`${this.place}: ${what} is not available in a page that is shared by all requests`);
    }
    return this.incoming;
  }

  #makeRequest(): VeloxRequest {
    const incoming = this.#received("request");
    const { method } = incoming;
    const init: RequestInit & { duplex?: "half" } = { method, headers: incoming.headers(), signal: incoming.signal };
    if (method !== "GET" && method !== "HEAD") {
      const body = incoming.body(this.runtime.app.bodyLimit, () => (this.bodyOverflow = true));
      if (body !== null) {
        init.body = body;
        init.duplex = "half";
      }
    }
    return extendRequest(new Request(this.url, init), this);
  }
}
