// The render context of one block, `$$` in emitted code: what the block may see of the request and
// what it may say about the page. In `ssg` and `isr` it refuses whatever belongs to one request, with
// an error that names the route and the property (SSR-11).

import type { Fill, LayerChain } from "./layers.js";
import type { VeloxRequest } from "../server/velox-request.js";

/** Values of a route's parameters; the object has no prototype (SSR-5). */
export type Params = Record<string, string | string[] | undefined>;

/** Status and headers of the page that is being made. */
export interface PageResponse {
  status: number;
  statusText: string;
  readonly headers: Headers;
}

/** What every block of one page shares. */
export interface PageState {
  readonly route: { readonly id: string; readonly file: string; readonly mode: "ssr" | "ssg" | "isr" | "csr" };
  readonly params: Params;
  /** The canonical URL of the page. */
  readonly url: URL;
  readonly response: PageResponse;
  /** The request, made when it is first read; not called in static modes. */
  request(): VeloxRequest;
}

/** An error that says what a shared page may not read. */
export class StaticAccessError extends Error {
  constructor(state: PageState, property: string) {
    super(
      `${state.route.file}: \`${property}\` is not available in a page rendered as ${state.route.mode}, because the ` +
        `result is shared by all requests; use \`export const config = { render: "ssr" }\` or do without it`,
    );
    this.name = "StaticAccessError";
  }
}

/** True where the page is shared between requests. */
export function isShared(state: PageState): boolean {
  return state.route.mode === "ssg" || state.route.mode === "isr";
}

/** `$$` of one block: the page itself or one layout around it. */
export class View {
  readonly #chain: LayerChain;
  readonly #index: number;

  constructor(chain: LayerChain, index: number) {
    this.#chain = chain;
    this.#index = index;
  }

  /** Index of the block's layer, 0 being the outermost layout. */
  get layer(): number {
    return this.#index;
  }

  get state(): PageState {
    return this.#chain.state;
  }

  get params(): Params {
    return this.#chain.state.params;
  }

  get url(): URL {
    return this.#chain.state.url;
  }

  get request(): VeloxRequest {
    const state = this.#chain.state;
    if (isShared(state)) throw new StaticAccessError(state, "request");
    return state.request();
  }

  get response(): PageResponse {
    const state = this.#chain.state;
    if (isShared(state)) throw new StaticAccessError(state, "response");
    return state.response;
  }

  /** The page's `meta`; an empty object where it has none. */
  get meta(): Record<string, unknown> {
    return this.#chain.pageMeta;
  }

  /** The block's own `meta`: an object, or a function that gives one or a promise of one (S7). */
  setMeta(meta: unknown): void {
    this.#chain.setMeta(this.#index, meta);
  }

  /** Fills a named slot of the layouts around this block (T6). */
  fill(name: string, content: Fill): void {
    this.#chain.fill(this.#index, name, content);
  }
}

/** The URL of a shared page: reading its query is an error, since the page is made without one. */
export class SharedUrl extends URL {
  readonly #state: () => PageState;

  constructor(href: string, state: () => PageState) {
    super(href);
    this.#state = state;
  }

  override get search(): string {
    throw new StaticAccessError(this.#state(), "url.search");
  }

  override get searchParams(): URLSearchParams {
    throw new StaticAccessError(this.#state(), "url.searchParams");
  }

  // Printing the URL for a look at it reads no query.
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `URL ${this.href}`;
  }
}
