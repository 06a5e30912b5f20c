// Where one is in a page after navigation: the scroll position, the focus, and what a screen reader says.

interface Kept {
  readonly x: number;
  readonly y: number;
}

/** The place that an entry of the history remembers. */
export function keptPlace(state: unknown): Kept | null {
  const kept = (state as { velox?: Kept } | null)?.velox;
  return kept === undefined ? null : kept;
}

/** Remembers the place in the entry of the history that is shown. */
export function keepPlace(): void {
  history.replaceState({ ...(history.state as object | null), velox: { x: scrollX, y: scrollY } }, "");
}

/** Goes to the element that a URL names, else to the start of the page. */
export function scrollToStart(hash: string): void {
  const target = elementOf(hash);
  if (target === null) scrollTo({ left: 0, top: 0, behavior: "instant" });
  else target.scrollIntoView({ behavior: "instant" });
}

/** Goes back to a place. */
export function scrollToPlace({ x, y }: Kept): void {
  scrollTo({ left: x, top: y, behavior: "instant" });
}

function elementOf(hash: string): HTMLElement | null {
  if (hash.length < 2) return null;
  let name = hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // A `%` that encodes nothing: it is the name.
  }
  return document.getElementById(name) ?? (document.getElementsByName(name)[0] as HTMLElement | undefined) ?? null;
}

/** Moves the focus as a new page would: to what asks for it, to the target, else to the start of the page. */
export function moveFocus(hash: string): void {
  const target = document.querySelector<HTMLElement>("[autofocus]") ?? elementOf(hash) ?? document.body;
  const before = target.getAttribute("tabindex");
  if (before === null && target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (before === null && target.getAttribute("tabindex") === "-1") {
    // The tab order goes on from here although nothing is focused any longer.
    if (target === document.body) target.blur();
    target.removeAttribute("tabindex");
  }
}

/** Has screen readers say which page this is. */
export function announce(): void {
  const region = document.createElement("div");
  region.setAttribute("aria-live", "assertive");
  region.setAttribute("aria-atomic", "true");
  region.id = "velox-announcer";
  // As properties, since a policy may forbid styles in attributes.
  const hidden = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" };
  Object.assign(region.style, hidden);
  document.body.append(region);
  // What stands in a region from the start is not said.
  setTimeout(() => {
    region.textContent = document.title || document.querySelector("h1")?.textContent || location.pathname;
  }, 60);
}
