// Renders one page with its layouts: starts the blocks, waits for what they left open, puts the document
// together. Gives HTML with status, headers and tags, or the Response that ended it. Refuses to answer
// errors; the caller chooses the error page.

import { Render } from "../render/render.js";
import { LayerChain, type BlockModule, type LayerSource } from "../render/layers.js";
import { finishDocument } from "../render/document.js";
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
}

/** A rendered page. */
export interface RenderedPage {
  readonly html: string;
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
  const render = new Render();
  const response = new ResponseState(job.status);
  const textual = /\.[jt]sx$/.test(job.route.file);
  const sources = blocks.map((module, index): LayerSource => {
    const isPage = index === blocks.length - 1;
    return { module, props: isPage ? pageProps(job, scope, textual) : {}, textual: isPage && textual };
  });
  const chain = new LayerChain(render, scope, pageState(job, scope, response), sources);
  const started = chain.start();
  if (started !== null) await started;
  let result = chain.result();
  if (typeof result !== "string") return result;
  if (render.collector.busy) await render.collector.settled();
  while (render.hasLate) {
    chain.discover();
    render.printLate();
    if (render.collector.busy) await render.collector.settled();
  }
  result = chain.result();
  if (typeof result !== "string") return result;
  const html = finishDocument(render, result, {
    metas: chain.metas,
    writes: chain.writes,
    styles: job.styles,
    scripts: job.scripts,
    site: scope.runtime.hosts.site,
  });
  return {
    html,
    status: response.status,
    headers: response.made,
    tags: [...render.data.tags].sort(),
    revalidate: render.data.revalidate,
  };
}

function pageProps(job: PageJob, scope: RequestScope, textual: boolean): object {
  return textual && Object.keys(job.props).length === 0 ? { params: job.params, url: urlFor(scope) } : job.props;
}

function urlFor(scope: RequestScope): URL {
  return scope.incoming === null ? new URL(scope.origin + scope.path) : scope.url;
}

function pageState(job: PageJob, scope: RequestScope, response: PageResponse): PageState {
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
