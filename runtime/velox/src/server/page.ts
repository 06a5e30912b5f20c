// Renders one page with its layouts: starts the blocks, waits for what they left open outside of boundaries, puts the
// document together. Gives HTML with status, headers and tags, or a stream that begins with the shell, or the Response
// that ended it. Refuses to answer errors; the caller chooses the error page.

import { Collector } from "../render/collector.js";
import { Render } from "../render/render.js";
import { LayerChain, type BlockModule, type LayerSource } from "../render/layers.js";
import { beginDocument, finishDocument, type HeadParts } from "../render/document.js";
import { Streaming, tick, type StreamSettings } from "../render/streaming.js";
import { SharedUrl, type PageResponse, type PageState, type Params } from "../render/view.js";
import type { Load, RenderMode } from "./app.js";
import type { RequestScope } from "./request-scope.js";

/** What to render. */
export interface PageJob {
  readonly route: { readonly id: string; readonly file: string; readonly mode: RenderMode };
  readonly params: Params;
  readonly page: Load<BlockModule> | BlockModule;
  readonly layouts: readonly Load<BlockModule>[];
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly props: object;
  readonly status: number;
  /** How the page may leave in parts; null where all of it is waited for. */
  readonly streaming?: StreamSettings | null;
}

/** A rendered page. */
export interface RenderedPage {
  /** The document; empty where it is streamed. */
  readonly html: string;
  /** The document as it comes, where parts of it are not there yet. */
  readonly stream?: ReadableStream<Uint8Array>;
  readonly status: number;
  /** Null where no block touched the headers. */
  readonly headers: Headers | null;
  readonly tags: readonly string[];
  readonly revalidate: number | false;
}

/** Status and headers that a page's blocks may set; the headers are made on first use. */
class ResponseState implements PageResponse {
  status: number;
  statusText = "";
  made: Headers | null = null;

  constructor(status: number) {
    this.status = status;
  }

  get headers(): Headers {
    return (this.made ??= new Headers());
  }
}

const modules = new WeakMap<Load<BlockModule>, BlockModule>();

/** The module of a loader: at once when it has been loaded before. */
export function loadBlock(load: Load<BlockModule>): BlockModule | Promise<BlockModule> {
  const known = modules.get(load);
  if (known !== undefined) return known;
  return load().then((module) => {
    modules.set(load, module);
    return module;
  });
}

/** Renders a page for a request, or for everybody. */
export async function renderPage(scope: RequestScope, job: PageJob): Promise<RenderedPage | Response> {
  const page = typeof job.page === "function" ? loadBlock(job.page) : job.page;
  const loaded = [...job.layouts.map(loadBlock), page];
  const blocks = loaded.some((block) => block instanceof Promise)
    ? await Promise.all(loaded)
    : (loaded as BlockModule[]);
  const render = new Render(() => scope.usedNonce);
  const streaming = job.streaming == null ? null : new Streaming(render, job.streaming);
  render.plan = streaming;
  const response = new ResponseState(job.status);
  // Of a page of the browser only the place is rendered here.
  const textual = job.route.mode !== "csr" && /\.[jt]sx$/.test(job.route.file);
  const sources = blocks.map((module, index): LayerSource => {
    const isPage = index === blocks.length - 1;
    return { module, props: isPage ? pageProps(job, scope, textual) : {}, textual: isPage && textual };
  });
  const chain = new LayerChain(render, scope, pageState(job, scope, response), sources);
  const end = (): void => (streaming === null ? render.end() : streaming.end());
  try {
    const result = await shellOf(render, chain, streaming);
    if (typeof result !== "string") {
      end();
      return result;
    }
    const parts: HeadParts = {
      metas: chain.metas,
      writes: chain.writes,
      styles: job.styles,
      scripts: job.scripts,
      site: scope.runtime.hosts.site,
    };
    const page = { status: response.status, tags: [...render.data.tags].sort(), revalidate: render.data.revalidate };
    if (streaming?.pending === true) {
      const { pieces, tail } = beginDocument(render, result, parts);
      scope.streamed = true;
      const close = scope.runtime.streams.open(streaming, scope.signal);
      const stream = streaming.stream(pieces, tail, close, () => scope.leave());
      return { ...page, html: "", stream, headers: response.made };
    }
    const html = finishDocument(render, result, parts);
    end();
    return { ...page, html, headers: response.made };
  } catch (error) {
    end();
    throw error;
  }
}

/** What `renderContent` makes HTML of. */
export type ContentJob = Pick<PageJob, "route" | "params" | "page" | "props">;

/** The content of a page that is printed into another one. */
export interface RenderedContent {
  /** HTML with the placeholders of the rendering that it belongs to. */
  readonly html: string;
  readonly metas: readonly Record<string, unknown>[];
}

/** The content of a page alone, without layouts, as a part of what `render` makes; null where it ended with a Response. */
export async function renderContent(scope: RequestScope, job: ContentJob, render: Render): Promise<RenderedContent | null> {
  const module = typeof job.page === "function" ? await loadBlock(job.page) : job.page;
  const source: LayerSource = { module, props: job.props, textual: false };
  const apart = new Collector();
  const chain = new LayerChain(render, scope, pageState(job, scope, new ResponseState(200)), [source], apart);
  const started = chain.start();
  if (started !== null) await started;
  const html = chain.result();
  if (typeof html !== "string") return null;
  if (apart.busy) await apart.settled();
  return { html, metas: chain.metas };
}

// Everything outside of boundaries; the Response that a block ended the page with, where one did.
async function shellOf(render: Render, chain: LayerChain, streaming: Streaming | null): Promise<string | Response> {
  const started = chain.start();
  if (started !== null) await started;
  const early = chain.result();
  if (typeof early !== "string") return early;
  if (render.collector.busy) await render.collector.settled();
  while (render.hasLate) {
    chain.discover();
    render.printLate();
    if (render.collector.busy) await render.collector.settled();
  }
  if (streaming?.pending === true) {
    // What is there within this tick needs no fallback.
    await new Promise<void>(tick);
  }
  streaming?.check();
  return chain.result();
}

function pageProps(job: PageJob, scope: RequestScope, textual: boolean): object {
  return textual && Object.keys(job.props).length === 0 ? { params: job.params, url: urlFor(scope) } : job.props;
}

function urlFor(scope: RequestScope): URL {
  return scope.incoming === null ? new URL(scope.origin + scope.path) : scope.url;
}

function pageState(job: Pick<PageJob, "route" | "params">, scope: RequestScope, response: PageResponse): PageState {
  const shared = job.route.mode === "ssg" || job.route.mode === "isr";
  let url: URL | null = null;
  const state: PageState = {
    route: job.route,
    params: job.params,
    response,
    get url() {
      return (url ??= shared ? new SharedUrl(scope.origin + scope.path, () => state) : scope.url);
    },
    request: () => scope.request,
  };
  return state;
}
