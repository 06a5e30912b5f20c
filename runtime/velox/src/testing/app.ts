// Small hand-written applications for tests: routes by pattern, with their functions in place.

import type { BlockModule } from "../render/layers.js";
import type { App, EndpointModule, ErrorPage, RenderMode, Route, Segment } from "../server/app.js";
import { createHandler, type RuntimeOptions } from "../server/handler.js";

/** A block as a function, or a whole module. */
export type Block = BlockModule["default"] | BlockModule;

const load = (block: Block) => {
  const module = typeof block === "function" ? { default: block } : block;
  return () => Promise.resolve(module);
};

/** The segments of a pattern: `/blog/:slug`, `/:page?`, `/*path`, `/*path?`. */
export function segmentsOf(pattern: string): Segment[] {
  return pattern.split("/").filter(Boolean).map((part): Segment => {
    const optional = part.endsWith("?");
    const name = part.replace(/^[:*]|\?$/g, "");
    if (part.startsWith(":")) return { kind: optional ? "optional" : "param", name };
    if (part.startsWith("*")) return { kind: optional ? "optional-rest" : "rest", name };
    return { kind: "static", value: part };
  });
}

/** Settings of a page in a test. */
export interface PageSettings {
  readonly mode?: RenderMode;
  readonly layouts?: readonly Block[];
  readonly errors?: readonly ErrorPage[];
  readonly revalidate?: number | false;
  readonly file?: string;
  readonly loading?: Block;
  readonly styles?: readonly string[];
  readonly prerender?: boolean;
  /** The module of a `csr` page. */
  readonly client?: { readonly src: string };
}

/** A page route. */
export function page(pattern: string, block: Block, settings: PageSettings = {}): Route {
  return {
    id: pattern.slice(1) || "index",
    pattern,
    file: settings.file ?? `routes${pattern === "/" ? "/index" : pattern}.velox`,
    kind: "page",
    mode: settings.mode ?? "ssr",
    revalidate: settings.revalidate ?? null,
    segments: segmentsOf(pattern),
    load: load(block),
    layouts: (settings.layouts ?? []).map(load),
    errors: settings.errors ?? [],
    loading: settings.loading === undefined ? null : load(settings.loading),
    styles: settings.styles ?? [],
    client: settings.client ?? null,
    prerender: settings.prerender ?? (settings.mode === "ssg" || settings.mode === "isr"),
  };
}

/** An endpoint route. */
export function endpoint(pattern: string, module: EndpointModule): Route {
  return {
    id: pattern.slice(1), pattern, file: `routes${pattern}+server.ts`, kind: "endpoint", mode: "ssr",
    segments: segmentsOf(pattern), load: () => Promise.resolve(module),
  };
}

/** An error page. */
export function errorPage(block: Block, layouts: readonly Block[] = []): ErrorPage {
  return { load: load(block), layouts: layouts.map(load) };
}

/** An application of these routes. */
export function app(routes: readonly Route[], settings: Partial<App> = {}): App {
  return {
    version: 1, build: "test", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0,
    bodyLimit: 1024 * 1024, routes, errors: [], middleware: null, ...settings,
  };
}

/** What the tests read of an answer. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Errors that a handler logged. */
export interface Logged {
  readonly error: unknown;
  readonly digest: string;
  readonly place: string;
}

/** A client of an application: `get("/a")`, with everything that was logged. */
export function client(of: App, options: RuntimeOptions = {}) {
  const logged: Logged[] = [];
  const handler = createHandler(of, { log: (error, digest, place) => logged.push({ error, digest, place }), ...options });
  const send = async (path: string, init: RequestInit = {}): Promise<Got> => {
    const response = await handler(new Request(path.startsWith("http") ? path : "http://localhost" + path, init));
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { handler, logged, send, get: (path: string, headers: HeadersInit = {}) => send(path, { headers }) };
}

/** What stands in the body of a page without a layout. */
export function bodyOf(html: string): string {
  const match = /<body>([^]*)<\/body><\/html>$/.exec(html);
  if (match === null) throw new Error(`no body in ${html}`);
  return match[1]!;
}

/** The body of a page that is made of one block, with all content in its place; rejects where it does not answer 200. */
export async function render(block: Block, settings: PageSettings = {}): Promise<string> {
  const { get, logged } = client(app([page("/", block, settings)]));
  const got = await get("/", { "sec-purpose": "prefetch" });
  if (got.status !== 200) throw logged[0]?.error ?? new Error(`status ${got.status}`);
  return bodyOf(got.text);
}
