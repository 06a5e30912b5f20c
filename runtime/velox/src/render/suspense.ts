// `<Suspense>` (T7): content that counts its own promises. What is there at once is printed in place; for the rest the
// rendering's plan decides: in place and later, or a fallback now and the content when it has come (STR-1, STR-4).
// An error is shown where the boundary stands, by the nearest `error` around it, else by the page (STR-2).

import { isControlFlow, isRedirect } from "../server/control-flow.js";
import { digestOf, publicError } from "../server/public-error.js";
import { Collector } from "./collector.js";
import { inScope, renderScope, type Scope } from "./scope.js";
import { deferred, raw } from "./text.js";
import type { SlotContent } from "./component.js";

/** What `<Suspense>` was given. */
export interface BoundaryOptions {
  readonly fallback?: (() => string) | undefined;
  readonly error?: ((error: unknown) => string) | undefined;
  /** Where the boundary stands in its file: in `svg` or `math`, or (`text`) where no comment may stand. */
  readonly place?: "svg" | "math" | "text" | undefined;
}

/** What a rendering does with content that is not there yet. */
export interface SuspensePlan {
  /** `unordered`: fallbacks first. `ordered`: in the order of the document. `off`: all at once. */
  readonly mode: "unordered" | "ordered" | "off";
  /** Milliseconds after which content that has not come has failed (STR-3); 0 for never. */
  readonly timeout: number;
  /** True once the page's shell has left, and with it status and headers. */
  readonly begun: boolean;
  /** Tells that there is a boundary whose content is not there. */
  opened(boundary: Boundary): void;
  /** Tells that a boundary has its content, or has failed. */
  settled(boundary: Boundary): void;
  /** What the page's error page says of an error after the shell has left; null where there is none. */
  errorContent(error: unknown): Promise<string | null>;
}

/** A `<Suspense>` whose content was not there at once. */
export class Boundary {
  readonly options: BoundaryOptions;
  readonly outer: Boundary | null;
  readonly collector = new Collector();
  /** Its name in the page, once its fallback has been written. */
  id: string | null = null;
  /** Its place in the document. */
  path: readonly number[] = [];
  /** `kept`: it failed, and nothing but its fallback is there to be shown. */
  state: "pending" | "done" | "kept" = "pending";
  fallback = "";
  html = "";
  /** Names the error that it failed with. */
  digest: string | null = null;
  /** The error of a boundary that failed before the shell left, with nobody to show it: the page's. */
  error: unknown = undefined;
  /** Makes its content fail. */
  fail: (error: unknown) => void = nothing;

  constructor(options: BoundaryOptions, outer: Boundary | null) {
    this.options = options;
    this.outer = outer;
  }
}

/** `<Suspense>`. */
export function suspense(options: BoundaryOptions, content: SlotContent): string {
  const scope = renderScope("<Suspense>");
  const boundary = new Boundary(options, scope.boundary ?? null);
  try {
    boundary.html = inScope({ ...scope, collector: boundary.collector, boundary }, () => raw(content()));
  } catch (error) {
    if (scope.render.plan?.begun !== true) return failedAtOnce(boundary, error);
    boundary.collector.add(Promise.reject(error), nothing);
  }
  if (!boundary.collector.busy) return boundary.html;
  const { render } = scope;
  const { plan } = render;
  if (plan === null || plan.mode === "off" || options.place === "text" || scope.whole === true) {
    return deferred(settle(boundary, scope, plan), () => boundary.html);
  }
  if (plan.mode === "unordered" && options.fallback !== undefined) boundary.fallback = options.fallback();
  plan.opened(boundary);
  void settle(boundary, scope, plan)
    .then(
      () => (boundary.state = "done"),
      (error: unknown) => {
        boundary.error = error;
        boundary.state = "kept";
      },
    )
    .then(() => plan.settled(boundary));
  return render.boundary(boundary);
}

// Resolves when the boundary's HTML is what is to be shown; rejects where nothing but the page can show its error.
async function settle(boundary: Boundary, scope: Scope, plan: SuspensePlan | null): Promise<void> {
  try {
    await contentOf(boundary, plan?.timeout ?? 0);
  } catch (error) {
    if (error instanceof RenderingEnded) throw error;
    if (isControlFlow(error) && plan?.begun !== true) throw error;
    const cause = isControlFlow(error) ? tooLate(error) : error;
    const shown = inScope(scope, () => publicError(cause));
    boundary.digest = digestOf(cause);
    const html = await recovered(boundary, scope, plan, shown, error);
    if (html === null && plan?.mode !== "ordered") throw cause;
    boundary.html = html ?? (await printed(scope, () => boundary.options.fallback?.() ?? ""));
  }
}

function contentOf(boundary: Boundary, timeout: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const timer = timeout > 0 ? setTimeout(() => reject(new BoundaryTimeout(timeout)), timeout) : null;
    boundary.fail = (error) => {
      if (timer !== null) clearTimeout(timer);
      reject(error);
    };
    boundary.collector.settled().then(() => {
      if (timer !== null) clearTimeout(timer);
      resolve();
    }, boundary.fail);
  });
}

// What the nearest `error` makes of an error; null where there is none but the page's, and that has nothing.
async function recovered(
  boundary: Boundary,
  scope: Scope,
  plan: SuspensePlan | null,
  shown: unknown,
  error: unknown,
): Promise<string | null> {
  for (let around: Boundary | null = boundary; around !== null; around = around.outer) {
    const handler = around.options.error;
    if (handler === undefined) continue;
    try {
      return await printed(scope, () => raw(handler(shown)));
    } catch (failure) {
      if (isControlFlow(failure) && plan?.begun !== true) throw failure;
      if (failure !== error) inScope(scope, () => publicError(failure));
    }
  }
  if (plan?.begun !== true) throw error;
  try {
    return await plan.errorContent(shown);
  } catch (failure) {
    inScope(scope, () => publicError(failure));
    return null;
  }
}

// Prints something together with the promises in it.
async function printed(scope: Scope, print: () => string): Promise<string> {
  const collector = new Collector();
  const html = inScope({ ...scope, collector }, print);
  if (collector.busy) await collector.settled();
  return html;
}

// An error before anything was awaited, while the page has still its status.
function failedAtOnce(boundary: Boundary, error: unknown): string {
  if (isControlFlow(error)) throw error;
  let shown: unknown;
  let known = false;
  for (let around: Boundary | null = boundary; around !== null; around = around.outer) {
    const handler = around.options.error;
    if (handler === undefined) continue;
    if (!known) shown = publicError(error);
    known = true;
    try {
      return raw(handler(shown));
    } catch (failure) {
      if (isControlFlow(failure)) throw failure;
      publicError(failure);
    }
  }
  throw error;
}

/** Content did not come in time (STR-3). */
export class BoundaryTimeout extends Error {
  constructor(timeout: number) {
    super(`the content of a <Suspense> did not come within ${timeout / 1000} seconds (\`server.streamTimeout\`)`);
    this.name = "BoundaryTimeout";
  }
}

/** Nobody waits for the page any more. */
export class RenderingEnded extends Error {
  constructor() {
    super("nobody waits for this page any more");
    this.name = "RenderingEnded";
  }
}

// SSR-8: status and headers are out.
function tooLate(cause: unknown): Error {
  const what = isRedirect(cause) ? `a redirect to ${cause.location}` : cause instanceof Response ? "a Response" : `status ${(cause as { status: number }).status}`;
  return new Error(
    `${what} came out of a <Suspense> after the page's shell had been sent with its status; decide it in the server block`,
    { cause },
  );
}

function nothing(): void {}
