// Goes from page to page without a reload: fetches the next one, shows it, keeps the history. One navigation at a time;
// a later one takes its place. Whatever cannot be done here is left to the browser, which always can.

import { defineLateHead } from "../late-head.js";
import { arrive, fetchEarly, forgetEarly, type Arrival } from "./arrive.js";
import { rememberHead } from "./head.js";
import { announce, keepPlace, keptPlace, moveFocus, scrollToPlace, scrollToStart } from "./place.js";
import { rememberScripts } from "./scripts.js";
import { swap, tell } from "./swap.js";

/** How a page is gone to. */
export interface Going {
  /** What becomes of the entry in the history; `traverse`: the browser has moved in it already. */
  readonly history: "push" | "replace" | "traverse";
  /** Keeps the place in the page. */
  readonly noScroll?: boolean;
}

let shown: URL;
let running: AbortController | null = null;
/** Ends what is still to come of the page that is shown. */
let coming: AbortController | null = null;

const samePage = (one: URL, other: URL): boolean => one.pathname === other.pathname && one.search === other.search;

function leave(url: URL, going: Going): void {
  if (going.history === "traverse") location.reload();
  else if (going.history === "replace") location.replace(url);
  else location.assign(url);
}

/** Goes to a page; the promise is there when it is shown, or when this navigation was given up. */
export async function navigate(to: string | URL, going: Going): Promise<void> {
  const url = new URL(to, document.baseURI);
  if (url.origin !== location.origin) return leave(url, going);
  if (going.history === "push" && samePage(url, shown) && url.hash !== "") {
    running?.abort();
    location.hash = url.hash;
    return;
  }
  running?.abort();
  const controller = (running = new AbortController());
  try {
    await show(url, going, controller);
  } finally {
    if (running === controller) running = null;
  }
}

async function show(url: URL, going: Going, controller: AbortController): Promise<void> {
  const { signal } = controller;
  if (going.history !== "traverse") keepOwnPlace();
  document.documentElement.toggleAttribute("data-velox-navigating", true);
  let page: Arrival;
  try {
    page = await arrive(url, signal);
    if (!sameBuild(page.document)) throw new Error("the site has been built anew");
  } catch {
    if (signal.aborted) givenUp(signal);
    else leave(url, going);
    return;
  }
  if (signal.aborted) return givenUp(signal);
  const place = going.history === "traverse" ? keptPlace(history.state) : null;
  const stays = going.noScroll === true;
  const scroll = (): void => {
    if (place !== null) scrollToPlace(place);
    else if (!stays) scrollToStart(page.url.hash);
  };
  let done = false;
  const step = {
    wanted: () => !signal.aborted,
    before(): void {
      done = true;
      shown = page.url;
      // From here on nobody takes its place: a later one begins from it.
      running = null;
      coming?.abort();
      coming = controller;
      if (going.history === "push") {
        keepOwnPlace();
        history.pushState({}, "", page.url);
      }
      if (page.url.href !== location.href) history.replaceState(history.state, "", page.url);
      history.scrollRestoration = "manual";
    },
    after(): void {
      document.documentElement.removeAttribute("data-velox-navigating");
      scroll();
      if (!stays) moveFocus(page.url.hash);
      announce();
    },
  };
  try {
    await swap(page.document, page.url, page.nonce, step);
  } catch (error) {
    // Half of a page is worse than a reload.
    console.error(error);
    return location.assign(url);
  }
  if (!done) return givenUp(signal);
  // What came late has found its place by now.
  if (page.late) scroll();
  tell("page-load", { url: page.url });
  if (page.rest === null) return;
  const [x, y] = [scrollX, scrollY];
  // A stream that breaks off leaves its fallbacks, as it would without all this.
  await page.rest().catch(nothing);
  // The page may be long enough for the place now; whoever has scrolled meanwhile is left where that led.
  if (place !== null && shown === page.url && scrollX === x && scrollY === y) scroll();
}

// One that a later navigation took the place of is not over for the page; one that nothing follows is.
function givenUp(signal: AbortSignal): void {
  if (running?.signal === signal) document.documentElement.removeAttribute("data-velox-navigating");
}

// The place belongs to the entry of the page that is shown; going back, the browser is at the next one before its page is there.
function keepOwnPlace(): void {
  if (samePage(new URL(location.href), shown)) keepPlace();
}

function nothing(): void {}

/** The script that this is; another one is of another build. */
let build: string | null = null;

function sameBuild(next: Document): boolean {
  const other = scriptOf(next);
  return other === null || build === null || other === build;
}

function scriptOf(page: Document): string | null {
  return page.querySelector("script[data-velox-router]")?.getAttribute("src") ?? null;
}

/** Fetches a page, so that going there takes no time. */
export async function prefetch(to: string | URL): Promise<void> {
  const url = new URL(to, document.baseURI);
  if (url.origin === location.origin && !samePage(url, shown)) await fetchEarly(url).catch(nothing);
}

/** Asks the server for this page again. */
export function refresh(): Promise<void> {
  forgetEarly();
  return navigate(location.href, { history: "replace", noScroll: true });
}

let started = false;

/** Begins to follow the history; the second time it does nothing. */
export function start(): boolean {
  if (started) return false;
  started = true;
  shown = new URL(location.href);
  build = scriptOf(document);
  defineLateHead();
  rememberHead();
  rememberScripts();
  addEventListener("popstate", (event) => {
    const url = new URL(location.href);
    if (!samePage(url, shown)) return void navigate(url, { history: "traverse" });
    running?.abort();
    const place = keptPlace(event.state);
    if (history.scrollRestoration === "manual") place === null ? scrollToStart(url.hash) : scrollToPlace(place);
  });
  // The place has to be known before the browser leaves the entry.
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener(
    "scroll",
    () => {
      clearTimeout(timer);
      const href = location.href;
      timer = setTimeout(() => location.href === href && running === null && keepPlace(), 100);
    },
    { passive: true },
  );
  // Whoever comes back to this document finds the place by the browser's own means.
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  return true;
}
