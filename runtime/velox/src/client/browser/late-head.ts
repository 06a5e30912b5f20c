// `<velox-head>`: what content that came late has to say of the head. It holds the elements, and where it comes into the page
// they go into the head: one title, one meta of a name, one canonical link, as on the server (T10).
// Refuses to look anything up in `document`: names in a page's own HTML could stand in its place.

/** What an element says of the page that is shown; the router takes it away with that page. */
export const OF_PAGE = "data-velox-head";

/** Whether two elements of one kind say the same thing, so that one takes the place of the other. */
export function isSame(one: Element, other: Element): boolean {
  const { localName } = one;
  if (localName === "title") return true;
  const keys = localName === "meta" ? ["name", "property"] : one.getAttribute("rel") === "canonical" ? ["rel"] : one.hasAttribute("hreflang") ? ["hreflang"] : [];
  const key = keys.find((name) => one.hasAttribute(name));
  return key === undefined ? one.isEqualNode(other) : one.getAttribute(key) === other.getAttribute(key);
}

/** Puts what `holder` has into the head. */
export function placeHead(holder: Element): void {
  const head = holder.ownerDocument.documentElement.firstElementChild!;
  const before = new Set(head.children);
  for (const element of [...holder.children]) {
    element.setAttribute(OF_PAGE, "");
    const same = [...before].find((other) => other.localName === element.localName && isSame(element, other));
    if (same === undefined) head.append(element);
    else same.replaceWith(element);
    before.delete(same!);
  }
  holder.remove();
}

/** Makes the browser know the element. */
export function defineLateHead(): void {
  if (customElements.get("velox-head")) return;
  customElements.define(
    "velox-head",
    class extends HTMLElement {
      connectedCallback(): void {
        if (this.firstChild) return placeHead(this);
        // The parser is at its beginning: it is complete when something follows.
        const observer = new MutationObserver(() => {
          if (this.nextSibling === null) return;
          observer.disconnect();
          placeHead(this);
        });
        observer.observe(this.parentNode!, { childList: true });
      }
    },
  );
}
