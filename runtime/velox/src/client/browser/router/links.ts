// Links that the router follows: those of `<Link>`, which carry `data-velox-link`. A click that means something else
// (a new tab, a download) is left to the browser; so is every other link. Pages behind links are fetched early as each says.

import { navigate, prefetch, start } from "./navigate.js";

type Anchor = HTMLAnchorElement;

const LINK = "a[data-velox-link]";
let resting: ReturnType<typeof setTimeout> | undefined;
const REST = 65; // milliseconds that a pointer rests on a link before its page is fetched

/** The address behind a link that can be followed here. */
function followed(link: Anchor): URL | null {
  if (link.hasAttribute("download") || !/^(_self)?$/.test(link.target) || link.origin !== location.origin || !/^https?:$/.test(link.protocol)) return null;
  return new URL(link.href);
}

function linkAt(event: Event): Anchor | null {
  return event.target instanceof Element ? event.target.closest<Anchor>(LINK) : null;
}

function onClick(event: MouseEvent): void {
  const link = linkAt(event);
  if (link === null || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = followed(link);
  // A place in the same page is the browser's.
  if (url === null || (url.hash !== "" && url.href.split("#")[0] === location.href.split("#")[0])) return;
  event.preventDefault();
  clearTimeout(resting);
  const same = url.href === location.href;
  void navigate(url, {
    history: same || link.hasAttribute("data-velox-replace") ? "replace" : "push",
    noScroll: link.hasAttribute("data-velox-noscroll"),
  });
}

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

// Whoever pays for each byte gets what was asked for.
function saves(): boolean {
  const connection = (navigator as { connection?: Connection }).connection;
  return connection?.saveData === true || /2g/.test(connection?.effectiveType ?? "");
}

const kindOf = (link: Anchor): string => link.dataset["veloxPrefetch"] ?? "hover";

function fetchBehind(link: Anchor): void {
  const url = followed(link);
  if (url !== null && !saves()) void prefetch(url);
}

function onRest(event: Event): void {
  clearTimeout(resting);
  const link = linkAt(event);
  if (link === null || kindOf(link) !== "hover") return;
  const wait = event.type === "mouseover" ? REST : 0;
  resting = setTimeout(() => fetchBehind(link), wait);
}

let seen: IntersectionObserver | null = null;
const known = new WeakSet<Anchor>();

/** Fetches what a link wants to be there when it is seen, or at once. */
export function watchLink(link: Anchor): void {
  if (known.has(link)) return;
  known.add(link);
  const kind = kindOf(link);
  if (kind === "load") {
    fetchBehind(link);
  } else if (kind === "visible") {
    seen ??= new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen!.unobserve(entry.target);
        fetchBehind(entry.target as Anchor);
      }
    });
    seen.observe(link);
  }
}

function watchAll(): void {
  for (const link of document.querySelectorAll<Anchor>(LINK)) watchLink(link);
}

/** Makes the links of the page, and those of pages to come, links of the router. */
export function startRouter(): void {
  if (!start()) return;
  document.addEventListener("click", onClick);
  document.addEventListener("mouseover", onRest, { passive: true });
  document.addEventListener("focusin", onRest);
  document.addEventListener("touchstart", onRest, { passive: true });
  document.addEventListener("velox:page-load", watchAll);
  watchAll();
}
