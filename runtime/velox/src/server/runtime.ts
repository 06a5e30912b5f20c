// One built application, ready to answer (X6): from a received request to an answer, through the host
// check, the canonical path, the middleware and the route. Refuses early what no route should see.

import { Keys, prefixOf } from "../cache/keys.js";
import { MemoryStore } from "../cache/memory.js";
import { warnToConsole, type CacheStore, type InvalidationMode } from "../cache/store.js";
import type { DataUse } from "../render/data-use.js";
import { inScope } from "../render/scope.js";
import { ADMIN_PATH, CacheAdmin } from "./admin.js";
import type { App, EndpointModule, ErrorPage, Route } from "./app.js";
import { NotFound, isControlFlow, isHttpError, onSite } from "./control-flow.js";
import { isForeignForm } from "./csrf.js";
import { DataCache, type SharedWork } from "./data-cache.js";
import { answerOf, controlAnswer, runEndpoint } from "./endpoint.js";
import { matchesEtag } from "./etag.js";
import { BodyTooLarge, type Incoming } from "./incoming.js";
import { IsrPages, type PageContent, type PrerenderedPages, type SharedRendering } from "./isr.js";
import { Hosts } from "./hosts.js";
import type { RenewalLimits } from "./renewals.js";
import { errorContent } from "./error-content.js";
import { renderPage, type RenderedPage } from "./page.js";
import { plainPage } from "./plain-page.js";
import { Previews } from "./preview.js";
import { purgeFor, type Purge } from "./purge.js";
import { readTarget, type Target } from "./path.js";
import { logToConsole, publicError } from "./public-error.js";
import { HTML_TYPE, PRIVATE, keepWhole, readyReply, redirectReply, settleAnswer, textReply, toPrivate, toResponse, wholeBody, type Answer, type ReadyReply, type Reply } from "./reply.js";
import { allowRelativeFetch } from "./relative-fetch.js";
import { RequestScope, type RequestScopeSource } from "./request-scope.js";
import { contentSecurityPolicy } from "../render/inline-scripts.js";
import type { StreamSettings } from "../render/streaming.js";
import { shellOf } from "./shell.js";
import { streamMode } from "./stream-mode.js";
import { OpenStreams } from "./streams.js";
import { Router, type Match } from "./router.js";

/** Settings of a runtime that do not come from the build. */
export interface RuntimeOptions {
  /** Shows errors as they are. */
  readonly development?: boolean;
  /** Where unexpected errors are written. */
  readonly log?: (error: unknown, digest: string, place: string) => void;
  /** Pages that the build has rendered. */
  readonly pages?: PrerenderedPages;
  /** Static files, for relative fetches of this process. */
  readonly files?: (path: string, incoming: Incoming) => Promise<Answer | null>;
  /** Where pages and data are kept; the memory of this process unless said otherwise. */
  readonly store?: CacheStore;
  /** Limits of renderings behind kept pages. */
  readonly renewal?: Partial<RenewalLimits>;
  /** Called after pages were invalidated, for caches in front of this server. */
  readonly purge?: (purge: Purge) => void | Promise<void>;
  /** Opens the endpoint of the cache to whoever knows it. */
  readonly cacheSecret?: string;
  /** Signs the cookies of previews; without it there are none. */
  readonly previewSecret?: string;
  /** Where warnings are written. */
  readonly warn?: (message: string) => void;
}

/** What a request of this process brings along from the page that made it. */
export interface FromPage {
  readonly data?: DataUse | null;
  readonly shared?: SharedWork | null;
  readonly preview?: boolean;
}

const NO_PAGE: FromPage = {};
const NO_CHAIN: readonly string[] = [];
const running = new Set<Runtime>();

/** The runtimes of this process; for code that runs outside of any request. */
export function runningRuntimes(): ReadonlySet<Runtime> {
  return running;
}

/** A built application with its settings. */
export class Runtime {
  readonly app: App;
  readonly development: boolean;
  readonly log: (error: unknown, digest: string, place: string) => void;
  readonly hosts: Hosts;
  readonly router: Router;
  readonly isr: IsrPages;
  readonly data: DataCache;
  readonly store: CacheStore;
  /** Null where no secret signs them. */
  readonly previews: Previews | null;
  /** Pages that are leaving in parts. */
  readonly streams = new OpenStreams();
  readonly #admin: CacheAdmin | null;
  readonly #options: RuntimeOptions;
  #middleware: Middleware | null | undefined;

  constructor(app: App, options: RuntimeOptions = {}) {
    this.app = app;
    this.#options = options;
    this.development = options.development === true;
    this.log = options.log ?? logToConsole;
    this.hosts = new Hosts(app);
    this.router = new Router(app.routes);
    this.store = options.store ?? new MemoryStore();
    const keys = new Keys(prefixOf(app), app.build);
    const report = (error: unknown, place: string): void => this.#report(error, place);
    this.data = new DataCache({ store: this.store, keys, report });
    this.isr = new IsrPages({
      store: this.store,
      keys,
      pages: options.pages ?? null,
      cdn: app.cache?.cdn === true,
      limits: options.renewal ?? {},
      render: (match, path, shared) => this.renderShared(match, path, {}, shared),
      report,
      warn: options.warn ?? warnToConsole,
    });
    this.#admin = options.cacheSecret === undefined ? null : new CacheAdmin(this, options.cacheSecret);
    this.previews = options.previewSecret === undefined ? null : new Previews(prefixOf(app), options.previewSecret);
    allowRelativeFetch();
    running.add(this);
  }

  /** Ends the runtime's part in `revalidatePath` and `revalidateTag` outside of requests. */
  close(): void {
    running.delete(this);
  }

  /** The origin of pages that are shared by all requests. */
  get sharedOrigin(): string {
    return this.hosts.site ?? "http://localhost";
  }

  /** Answers a received request. */
  async respond(incoming: Incoming): Promise<Answer> {
    const origin = this.hosts.origin(incoming);
    if (origin === null) {
      return textReply(400, "Bad Request: this host is not served here (see `site` and `allowedHosts`)");
    }
    if (this.#admin !== null && incoming.target === this.#adminPath) return this.#admin.answer(incoming);
    return this.respondAt(incoming, origin, NO_CHAIN);
  }

  /**
   * The answer of `respond` for a page that everybody is given and that lies in memory, at once; null for anything that
   * has to be asked, made or waited for. Where a site has middleware that has to run first, so it is always null.
   */
  ready(incoming: Incoming, target: Target): ReadyReply | null {
    if (incoming.method !== "GET" || this.app.middleware !== null || this.#policy !== null) return null;
    if (this.#admin !== null && incoming.target === this.#adminPath) return null;
    const match = this.router.match(target.path.segments);
    if (match === null || match.route.kind !== "page") return null;
    const { mode } = match.route;
    if ((mode !== "isr" && mode !== "ssg") || this.#otherForm(target.path, match) !== null || this.hosts.origin(incoming) === null) return null;
    const ifNoneMatch = incoming.header("if-none-match");
    if (this.previews?.isOn(incoming.header("cookie")) === true) return null;
    if (mode === "isr") return this.isr.ready(match, target.path.path, ifNoneMatch);
    const page = this.#options.pages?.find(target.path.path);
    const content = page?.route === match.route.id ? page.peek?.() : null;
    return content == null ? null : readyPage(content, ifNoneMatch);
  }

  get #policy(): true | string | null {
    const { csp } = this.app;
    return csp === true || typeof csp === "string" ? csp : null;
  }

  get #adminPath(): string {
    return (this.app.base === "/" ? "" : this.app.base) + ADMIN_PATH;
  }

  /** Answers a request whose origin has been decided; `chain` names the requests it comes from. */
  async respondAt(incoming: Incoming, origin: string, chain: readonly string[], from: FromPage = NO_PAGE): Promise<Answer> {
    const head = incoming.method === "HEAD";
    const target = readTarget(incoming.target);
    if (target === null) return settleAnswer(textReply(400, "Bad Request"), [], head);
    const match = this.router.match(target.path.segments);
    const moved = this.#otherForm(target.path, match);
    if (moved !== null) {
      return redirectReply(308, onSite(moved) + target.search, "no-store");
    }
    const scope = new RequestScope({
      runtime: this,
      incoming,
      method: incoming.method,
      path: this.#ownForm(target.path, match),
      search: target.search,
      origin,
      params: match?.params ?? (Object.create(null) as RequestScope["params"]),
      chain,
      place: match?.route.file ?? target.path.path,
      ...from,
    });
    if (chain.length === 0 && isForeignForm(incoming.method, origin, incoming)) {
      return settleAnswer(textReply(403, "Forbidden: cross-site form post"), [], head);
    }
    let answer: Answer;
    try {
      answer = await inScope(scopeOf(scope), () => this.#throughMiddleware(scope, match, target.path.path));
    } catch (error) {
      answer = await this.#failed(scope, match, error);
    }
    // ISR-18: what a previewer is shown is for no cache on the way.
    if (chain.length === 0 && scope.preview) answer = toPrivate(answer);
    if (scope.bodyOverflow) answer = { ...textReply(413, "Content Too Large"), close: true };
    answer = settleAnswer(answer, scope.setCookies, head);
    if (scope.streamed) scope.seal();
    return this.#withPolicy(answer, scope);
  }

  // Only pages are limited, and who has set a policy of its own is not overruled.
  #withPolicy(answer: Answer, scope: RequestScope): Answer {
    const policy = this.#policy;
    if (policy === null) return answer;
    const header = "content-security-policy";
    const value = contentSecurityPolicy(policy, scope.givenNonce);
    if (answer instanceof Response) {
      if (answer.headers.has(header) || !isPageType(answer.headers.get("content-type"))) return answer;
      const headers = new Headers(answer.headers);
      headers.set(header, value);
      const whole = wholeBody(answer);
      const copy = new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
      return whole === null ? copy : keepWhole(copy, whole);
    }
    const named = (name: string): string | null => answer.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
    if (named(header) === null && isPageType(named("content-type"))) answer.headers.push([header, value]);
    return answer;
  }

  /** Invalidates pages and data by the store's tags; resolves when that is durable (INV-3). */
  async invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    await this.store.invalidate(tags, mode);
    const { purge } = this.#options;
    if (purge !== undefined) await purgeFor(this.store, tags, purge).catch((error: unknown) => this.#report(error, "purge"));
  }

  /** Renders a page for everybody; nothing of any request is in reach. */
  renderShared(match: Match, path: string, props: object = {}, shared?: SharedRendering): Promise<RenderedPage | Response> {
    const own = { renderStart: shared?.renderStart ?? this.store.clock(), revalidate: match.route.revalidate ?? false };
    return this.#renderApart(match, path, props, { signal: shared?.signal, shared: own, preview: false });
  }

  #renderApart(
    match: Match, path: string, props: object, more: Pick<RequestScopeSource, "signal" | "shared" | "preview">,
  ): Promise<RenderedPage | Response> {
    const scope = new RequestScope({
      runtime: this,
      incoming: null,
      method: "GET",
      path: this.#ownForm({ path, slash: false }, match),
      search: "",
      origin: this.sharedOrigin,
      params: match.params,
      chain: NO_CHAIN,
      place: match.route.file,
      ...more,
    });
    return inScope(scopeOf(scope), () => this.#render(scope, match.route, match.params, 200, props));
  }

  // SSG-7: the path of the one form, where the request has another one.
  #otherForm(path: { path: string; slash: boolean; doubled: boolean }, match: Match | null): string | null {
    const own = this.#ownForm(path, match);
    if (path.doubled) return own;
    if (path.path === "/" || this.app.trailingSlash === "ignore") return null;
    return path.slash === own.endsWith("/") ? null : this.app.trailingSlash === "never" || match !== null ? own : null;
  }

  #ownForm(path: { path: string; slash: boolean }, match: Match | null): string {
    if (path.path === "/") return "/";
    switch (this.app.trailingSlash) {
      case "never":
        return path.path;
      case "always":
        return match?.route.kind === "page" || path.slash ? path.path + "/" : path.path;
      default:
        return path.slash ? path.path + "/" : path.path;
    }
  }

  async #throughMiddleware(scope: RequestScope, match: Match | null, path: string): Promise<Answer> {
    const middleware = this.#middleware === undefined ? await this.#loadMiddleware() : this.#middleware;
    if (middleware === null) return this.#dispatch(scope, match, path);
    let continued: Promise<Response> | null = null;
    const next = (): Promise<Response> => {
      return (continued ??= this.#dispatch(scope, match, path)
        .catch((error: unknown) => this.#failed(scope, match, error))
        .then(toResponse));
    };
    let answer: Answer;
    try {
      const out: unknown = await middleware(scope.request, next);
      answer = controlAnswer(out) ?? (out === undefined ? await next() : answerOf(out));
    } catch (error) {
      void drop(continued, null);
      throw error;
    }
    // What is not sent is not made either: a stream that was replaced ends.
    if (continued !== null) void drop(continued, answer);
    // A guard's redirect is for this visitor alone (case 31).
    if (answer instanceof Response && answer.status >= 300 && answer.status < 400 && !answer.headers.has("cache-control")) {
      const headers = new Headers(answer.headers);
      headers.set("cache-control", "no-store");
      return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
    }
    return answer;
  }

  async #loadMiddleware(): Promise<Middleware | null> {
    if (this.app.middleware === null) return (this.#middleware = null);
    const module = await this.app.middleware();
    const found = module["default"] ?? module["middleware"];
    if (typeof found !== "function") throw new TypeError("middleware.ts has no default export that is a function");
    return (this.#middleware = found as Middleware);
  }

  async #dispatch(scope: RequestScope, match: Match | null, path: string): Promise<Answer> {
    const { method } = scope;
    if (match === null) {
      const file = scope.chain.length > 0 ? await this.#options.files?.(path, scope.incoming!) : null;
      if (file != null) return file;
      return this.#errorPage(scope, null, new NotFound());
    }
    const { route } = match;
    if (route.kind === "endpoint") return runEndpoint((await route.load()) as EndpointModule, scope);
    if (method !== "GET" && method !== "HEAD") {
      return textReply(405, "Method Not Allowed", [["allow", "GET, HEAD"]]);
    }
    if (scope.preview && (route.mode === "ssg" || route.mode === "isr")) return this.#previewPage(scope, match, path);
    if (route.mode === "ssg") return this.#staticPage(scope, match, path);
    if (route.mode === "isr") {
      return this.isr.answer(match, path, scope.incoming?.header("if-none-match") ?? null);
    }
    return pageAnswer(await this.#render(scope, route, match.params, 200, {}));
  }

  // ISR-18: made for one visitor, of what the page may read when it is made for everybody.
  async #previewPage(scope: RequestScope, match: Match, path: string): Promise<Answer> {
    const answer = toPrivate(pageAnswer(await this.#renderApart(match, path, {}, { signal: scope.signal ?? undefined, preview: true })));
    if (answer instanceof Response) answer.headers.set("x-velox-cache", "BYPASS");
    else answer.headers.push(["x-velox-cache", "BYPASS"]);
    return answer;
  }

  // M3: a page that the build has not rendered does not exist.
  async #staticPage(scope: RequestScope, match: Match, path: string): Promise<Answer> {
    const page = this.#options.pages?.find(path) ?? null;
    if (page === null || page.route !== match.route.id) throw new NotFound();
    const { body, etag } = await page.read();
    const headers = staticHeaders(etag);
    if (matchesEtag(scope.incoming?.header("if-none-match") ?? null, etag)) return { status: 304, headers, body: null };
    headers.push(["content-type", HTML_TYPE]);
    return { status: 200, headers, body };
  }

  #render(
    scope: RequestScope,
    route: Route,
    params: RequestScope["params"],
    status: number,
    props: object,
  ): Promise<RenderedPage | Response> {
    const page = route.mode === "csr" ? shellOf(route) : (route.load as ErrorPage["load"]);
    return renderPage(scope, {
      route,
      params,
      page,
      layouts: route.layouts ?? [],
      styles: route.styles ?? [],
      scripts: route.scripts ?? [],
      props,
      status,
      streaming: scope.incoming === null ? null : this.#streaming(scope, route),
    });
  }

  #streaming(scope: RequestScope, route: Route): StreamSettings {
    return {
      mode: () => streamMode(scope, route),
      timeout: Math.ceil((this.app.streamTimeout ?? 10) * 1000),
      errorContent: async (error, render) => (await errorContent(scope, route, error, render))?.html ?? null,
    };
  }

  async #failed(scope: RequestScope, match: Match | null, error: unknown): Promise<Answer> {
    if (error instanceof BodyTooLarge || scope.bodyOverflow) return textReply(413, "Content Too Large");
    const endpoint = match?.route.kind === "endpoint";
    if (isControlFlow(error) && (endpoint || !isHttpError(error))) return controlAnswer(error)!;
    if (!endpoint) return this.#errorPage(scope, match, error);
    const shown = inScope(scopeOf(scope), () => publicError(error)) as { message: string; digest?: string; stack?: string };
    const body = this.development ? { error: String(error), stack: shown.stack } : { error: shown.message, digest: shown.digest };
    return {
      status: 500,
      headers: [["content-type", "application/json; charset=utf-8"], ["cache-control", "no-store"]],
      body: JSON.stringify(body),
    };
  }

  // L4: the nearest error page; where it fails itself, the next one outwards, and a plain page at last.
  async #errorPage(scope: RequestScope, match: Match | null, error: unknown): Promise<Answer> {
    const status = isHttpError(error) ? error.status : 500;
    const shown = inScope(scopeOf(scope), () => publicError(error));
    const more: [string, string][] = [];
    if (isHttpError(error)) error.headers.forEach((value, name) => more.push([name, value]));
    const pages = [...(match?.route.errors ?? []), ...this.app.errors];
    for (const page of pages) {
      try {
        const out = await inScope(scopeOf(scope), () =>
          renderPage(scope, {
            route: { id: "_error", file: "_error.velox", mode: "ssr" },
            params: scope.params,
            page: page.load,
            layouts: page.layouts,
            styles: page.styles ?? match?.route.styles ?? [],
            scripts: page.scripts ?? [],
            props: { error: shown, status },
            status,
          }),
        );
        const answer = pageAnswer(out);
        if (!(answer instanceof Response)) answer.headers = [...answer.headers.filter(([name]) => name !== "cache-control"), ["cache-control", "no-store"], ...more];
        return answer;
      } catch (failure) {
        if (failure !== error) this.#report(failure, scope.path);
      }
    }
    return plainPage(status, this.development ? error : shown, more);
  }

  #report(error: unknown, place: string): void {
    const scope = new RequestScope({
      runtime: this, incoming: null, method: "GET", path: place, search: "", origin: this.sharedOrigin,
      params: Object.create(null) as RequestScope["params"], chain: NO_CHAIN, place,
    });
    inScope(scopeOf(scope), () => publicError(error));
  }
}

function isPageType(type: string | null): boolean {
  return type !== null && /^\s*text\/html\b/i.test(type);
}

type Middleware = (request: RequestScope["request"], next: () => Promise<Response>) => unknown;

function scopeOf(request: RequestScope) {
  return { request, render: null, view: null, collector: null, contexts: null };
}

function staticHeaders(etag: string): [string, string][] {
  return [["cache-control", "public, max-age=0, must-revalidate"], ["etag", etag]];
}

const readyPages = new WeakMap<PageContent, { readonly whole: ReadyReply; readonly unchanged: ReadyReply }>();

function readyPage(content: PageContent, ifNoneMatch: string | null): ReadyReply {
  const { body, etag } = content;
  let ready = readyPages.get(content);
  if (ready === undefined) {
    const headers = staticHeaders(etag);
    ready = { whole: readyReply(200, [...headers, ["content-type", HTML_TYPE]], body), unchanged: readyReply(304, headers, null) };
    readyPages.set(content, ready);
  }
  return ifNoneMatch !== null && matchesEtag(ifNoneMatch, etag) ? ready.unchanged : ready.whole;
}

async function drop(continued: Promise<Response> | null, kept: Answer | null): Promise<void> {
  const body = (await continued)?.body;
  if (body == null || body.locked || body === kept?.body) return;
  await body.cancel().catch(() => {});
}

function pageAnswer(page: RenderedPage | Response): Answer {
  if (page instanceof Response) return page;
  const headers: [string, string][] = [];
  let type = HTML_TYPE;
  let cacheControl = PRIVATE;
  page.headers?.forEach((value, name) => {
    if (name === "content-type") type = value;
    else if (name === "cache-control") cacheControl = value;
    else if (name !== "content-length") headers.push([name, value]);
  });
  headers.push(["content-type", type], ["cache-control", cacheControl]);
  // Proxies that collect a page before they pass it on are told not to.
  if (page.stream !== undefined) headers.push(["x-accel-buffering", "no"]);
  return { status: page.status, headers, body: page.stream ?? page.html } satisfies Reply;
}
