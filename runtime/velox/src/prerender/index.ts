// Renders the static pages of a built application (SSG-1 to SSG-6, M4): every `ssg` and `isr` route that
// the build marks, through the same rendering as the server's. All pages run, whatever fails (`guard.ts`); what was
// written is listed in `server/pages.json` for the server. Refuses to write outside of the output folder.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { performance } from "node:perf_hooks";
import type { BlockModule } from "../render/layers.js";
import type { App, Route } from "../server/app.js";
import { loadBlock } from "../server/page.js";
import { Runtime } from "../server/runtime.js";
import { PAGES_FILE, type PageRecord, type PagesFile } from "../node/pages.js";
import type { Report } from "./events.js";
import { describe, messageOf, originOf } from "./failure.js";
import { Guard, WorkFailure, type Fail, type Work } from "./guard.js";
import { planPages, type PlannedPage } from "./paths.js";
import { positionOf, stackLines } from "./position.js";

export type { Position, PrerenderEvent, Report } from "./events.js";

/** What to prerender, and where. */
export interface PrerenderOptions {
  readonly app: App;
  /** The output folder of the build. */
  readonly output: string;
  /** The project's folder, for positions; the folder around `.velox/` unless said otherwise. */
  readonly project?: string;
  /** Pages that are rendered at the same time; 8 unless said otherwise. */
  readonly concurrency?: number;
  /** Milliseconds that one page may take; 60,000 unless said otherwise. */
  readonly timeout?: number;
  /** What is left out, since an earlier run could not end it: pages by route and path, and routes, without a path, whose `paths` never ended. */
  readonly without?: readonly (readonly [route: string, path: string | null])[];
  readonly report: Report;
}

const PAGE_TIMEOUT = 60_000;

interface Job {
  readonly route: Route;
  readonly page: PlannedPage;
}

/** Renders and writes the pages; resolves with the number of failures. */
export async function prerender(options: PrerenderOptions): Promise<number> {
  const { app, report } = options;
  const output = resolve(options.output);
  const project = resolve(options.project ?? join(output, "..", ".."));
  const runtime = new Runtime(app, { log: () => {} });
  let failed = 0;
  const fail: Fail = (work, error) => {
    failed++;
    const origin = originOf(error);
    report({
      event: "failed",
      route: work?.route.id ?? null,
      file: work?.route.file ?? null,
      path: work?.path ?? null,
      params: work?.params ?? null,
      message: messageOf(error),
      stack: stackLines(origin),
      position: positionOf(origin, project, output),
    });
  };
  const guard = new Guard({ timeout: options.timeout ?? PAGE_TIMEOUT, fail, describe, ended: () => report({ event: "done", failed }) });
  const begin = <T>(work: Work, task: () => Promise<T>): Promise<T> => {
    report({ event: "start", route: work.route.id, file: work.route.file, path: work.path, params: work.params });
    return guard.run(work, task);
  };
  try {
    const without = new Set((options.without ?? []).map((one) => JSON.stringify(one)));
    const jobs = await plan(runtime, begin, fail, (route, path) => without.has(JSON.stringify([route.id, path])));
    report({ event: "plan", pages: jobs.length });
    const records = new Map<string, PageRecord>();
    await inParallel(jobs, options.concurrency ?? 8, async ({ route, page }) => {
      const work: Work = { route, path: page.path, params: page.params };
      const started = performance.now();
      const render = async (): Promise<PageRecord> => {
        const { html, tags, revalidate } = await renderOne(runtime, route, page);
        const file = fileOf(app, route, page.segments);
        const target = resolve(output, file);
        if (!target.startsWith(output + sep)) throw new Error(`${file} lies outside of the output folder`);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, html);
        return { route: route.id, file, tags, revalidate };
      };
      try {
        const record = await begin(work, render);
        records.set(page.path, record);
        report({ event: "page", route: route.id, path: page.path, file: record.file, ms: Math.round(performance.now() - started), tags: record.tags });
      } catch (error) {
        fail(work, error);
      }
    });
    await writePages(output, records);
    // Rejections are reported one turn later than they happen.
    await new Promise((resume) => setImmediate(resume));
  } finally {
    guard.close();
    runtime.close();
  }
  report({ event: "done", failed });
  return failed;
}

type Begin = <T>(work: Work, task: () => Promise<T>) => Promise<T>;

async function plan(runtime: Runtime, begin: Begin, fail: Fail, isLeftOut: (route: Route, path: string | null) => boolean): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const route of runtime.app.routes) {
    if (route.kind !== "page" || route.prerender !== true || (route.mode !== "ssg" && route.mode !== "isr") || isLeftOut(route, null)) continue;
    try {
      for (const page of await pagesOf(route, begin, fail)) {
        if (isLeftOut(route, page.path)) continue;
        const winner = runtime.router.match(page.segments)?.route;
        if (winner === route) {
          jobs.push({ route, page });
        } else {
          const work: Work = { route, path: page.path, params: page.params };
          fail(work, new Error(`${page.path} is served by ${winner?.file ?? "no route"}, which is more specific`));
        }
      }
    } catch (error) {
      fail({ route, path: null, params: null }, error);
    }
  }
  return jobs;
}

async function pagesOf(route: Route, begin: Begin, fail: Fail): Promise<readonly PlannedPage[]> {
  const dynamic = route.segments.some((segment) => segment.kind !== "static");
  if (!dynamic) return planPages(route, [{}]).pages;
  const given = await begin({ route, path: null, params: null }, () => pathsOf(route));
  if (given === null) return [];
  const { pages, errors } = planPages(route, given.value);
  for (const error of errors) {
    fail({ route, path: null, params: typeof error.item === "object" ? error.item : null }, error);
  }
  return pages;
}

// The value of `paths()`, or null where the route may wait for its first request.
async function pathsOf(route: Route): Promise<{ readonly value: unknown } | null> {
  let module: BlockModule;
  try {
    module = await loadBlock(route.load as () => Promise<BlockModule>);
  } catch (error) {
    throw new WorkFailure(`${route.file} could not be loaded: ${describe(error)}`, error);
  }
  if (typeof module.paths !== "function") {
    if (route.mode === "isr") return null;
    throw new Error(`${route.file} has params and is static, but exports no paths()`);
  }
  try {
    return { value: await module.paths() };
  } catch (error) {
    if (error instanceof WorkFailure) throw error;
    throw new WorkFailure(`\`paths\` of ${route.pattern} failed: ${describe(error)}`, error);
  }
}

async function renderOne(runtime: Runtime, route: Route, page: PlannedPage) {
  const out = await runtime.renderShared({ route, params: page.params }, page.path, page.props);
  const status = out.status;
  if (out instanceof Response) throw new Error(`the page answered with a Response of status ${status} instead of HTML`);
  if (status < 200 || status > 299) throw new Error(`the page has status ${status}`);
  return { html: out.html, tags: out.tags, revalidate: shorter(route.revalidate ?? false, out.revalidate) };
}

function shorter(a: number | false, b: number | false): number | false {
  return a === false ? b : b === false ? a : Math.min(a, b);
}

// SSG-7: the file follows the form of the URL, so that any static host serves it at the right one.
function fileOf(app: App, route: Route, segments: readonly string[]): string {
  const folder = route.mode === "ssg" ? "static" : "pages";
  if (segments.length === 0) return `${folder}/index.html`;
  return `${folder}/${segments.join("/")}${app.trailingSlash === "always" ? "/index" : ""}.html`;
}

async function writePages(output: string, records: ReadonlyMap<string, PageRecord>): Promise<void> {
  // Sorted, so that two builds of equal input are equal whatever finished first (SSG-5).
  const pages = Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
  const content: PagesFile = { version: 1, pages };
  const file = join(output, PAGES_FILE);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content, null, 1) + "\n");
}

async function inParallel<T>(items: readonly T[], limit: number, run: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) await run(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker));
}
