// Exchanges the document: styles first, then head and body in one step, in a view transition where the browser has
// them. Elements with `data-velox-persist` that both pages have keep their state.

import type { LivingElement } from "../island.js";
import { loadStyles, mergeHead, mergeRoot } from "./head.js";
import { runScripts, trust } from "./scripts.js";

interface ViewTransition {
  readonly updateCallbackDone: Promise<void>;
  readonly ready: Promise<void>;
  readonly finished: Promise<void>;
  skipTransition(): void;
}

type Transitional = Document & { startViewTransition?(update: () => void): ViewTransition };

/** Tells the page's scripts. */
export function tell(name: "before-swap" | "after-swap" | "page-load", detail?: object): void {
  document.dispatchEvent(new CustomEvent("velox:" + name, { detail }));
}

function wantsMotion(): boolean {
  return !document.hidden && !matchMedia("(prefers-reduced-motion: reduce)").matches && document.documentElement.dataset["veloxTransition"] !== "off";
}

/** What the caller does in the step of the exchange. */
export interface Step {
  /** Whether the page is still wanted: it may have had to wait for its styles, and for the browser. */
  wanted(): boolean;
  /** When the old page still stands: the address becomes the new one's. */
  before(): void;
  /** When the new page stands. */
  after(): void;
}

/** Shows another page. `nonce` is what the policy of its response lets scripts through by, if it names one. */
export async function swap(next: Document, url: URL, nonce: string | null, step: Step): Promise<void> {
  // Without a window a parser takes what is for browsers without scripts as content.
  for (const element of next.querySelectorAll("noscript")) element.replaceChildren();
  trust(nonce);
  await loadStyles(next);
  const update = (): void => {
    if (!step.wanted()) return;
    tell("before-swap", { url, document: next });
    step.before();
    trust(nonce);
    forgetIslands();
    mergeRoot(next);
    mergeHead(next);
    const living = document.querySelectorAll<LivingElement>("velox-island,[data-velox-page]");
    exchangeBody(next.body);
    for (const element of living) if (!element.isConnected) element.end?.();
    tell("after-swap", { url });
    step.after();
  };
  if (!step.wanted()) return;
  const view = document as Transitional;
  if (view.startViewTransition === undefined || !wantsMotion()) return update();
  const transition = view.startViewTransition(update);
  // Both reject where the next navigation cuts the animation short.
  transition.ready.catch(nothing);
  transition.finished.catch(nothing);
  await transition.updateCallbackDone;
}

function nothing(): void {}

// The loader of islands forgets what indices meant in the old page: that is what the element says where no blocks precede it.
function forgetIslands(): void {
  const around = document.createElement("div");
  around.append(document.createElement("velox-props"));
  document.body.append(around);
  around.remove();
}

type Moving = ParentNode & { moveBefore?(node: Node, before: Node | null): void };

function exchangeBody(body: HTMLElement): void {
  const old = document.body;
  const moves: [Element, Comment][] = [];
  for (const kept of old.querySelectorAll("[data-velox-persist]")) {
    const name = kept.getAttribute("data-velox-persist");
    const place = [...body.querySelectorAll("[data-velox-persist]")].find((other) => other.getAttribute("data-velox-persist") === name);
    if (place === undefined || moves.some(([outer]) => outer.contains(kept))) continue;
    const mark = new Comment();
    place.replaceWith(mark);
    moves.push([kept, mark]);
  }
  // For a moment there are two, so that what is kept is moved and never leaves the document.
  old.after(body);
  for (const [kept, mark] of moves) {
    const parent = mark.parentNode as Moving;
    if (parent.moveBefore !== undefined) parent.moveBefore(kept, mark);
    else parent.insertBefore(kept, mark);
    mark.remove();
  }
  old.remove();
  runScripts(body);
}
