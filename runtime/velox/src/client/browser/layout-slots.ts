// Named slots of layouts that a page of the browser fills (T6, M5). The server has left comments around what stands in such a slot
// until then; that comes back when the page fills the slot no longer. Refuses the slots of components: those are props.

import { createPortal, Fragment, h, type ComponentChildren, type VNode } from "preact";

/** A slot in the document. */
interface Place {
  readonly name: string;
  readonly start: Comment;
  readonly end: Comment;
  /** What stands there while nobody fills it; null while it does. */
  fallback: readonly ChildNode[] | null;
  readonly container: Element;
}

const START = /^\[slot:(.*)$/;

function places(): Place[] {
  const found: Place[] = [];
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  const open: Comment[] = [];
  while (comments.nextNode()) {
    const comment = comments.currentNode as Comment;
    if (START.test(comment.data)) open.push(comment);
    const start = open[open.length - 1];
    if (start === undefined || comment.data !== start.data.slice(1) + "]") continue;
    open.pop();
    if (start.parentNode !== comment.parentNode) continue;
    found.push({ name: decodeURIComponent(START.exec(start.data)![1]!), start, end: comment, fallback: null, container: containerOf(comment) });
  }
  return found;
}

// What preact asks of an element that it renders into, for the place before a comment.
function containerOf(end: Comment): Element {
  const parent = (): ParentNode & Node => end.parentNode as ParentNode & Node;
  return {
    nodeType: 1,
    namespaceURI: (end.parentNode as Element).namespaceURI,
    localName: (end.parentNode as Element).localName,
    firstChild: null,
    childNodes: [],
    ownerDocument: document,
    contains: (node: Node | null) => parent()?.contains(node) === true,
    insertBefore: (node: Node, before: Node | null) => parent()?.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent()?.insertBefore(node, end),
    removeChild: (node: Node) => node.parentNode?.removeChild(node),
  } as unknown as Element;
}

/** The slots that a page of the browser may fill. */
export class LayoutSlots {
  readonly #places = places();
  #filled = new Map<string, ComponentChildren>();

  /** What the page fills a slot with, said while its template runs. */
  fill = (name: string, content: ComponentChildren): void => {
    this.#filled.set(name, content);
  };

  /** Another run of the template begins. */
  begin(): void {
    this.#filled = new Map();
  }

  /** What the template has said, to be rendered beside the page. */
  portals(): VNode[] {
    return this.#places.map((place, key) => {
      const filled = this.#filled.has(place.name);
      if (filled) this.#clear(place);
      else this.#restore(place);
      return h(Fragment, { key }, filled ? createPortal(this.#filled.get(place.name) as VNode, place.container as never) : null);
    });
  }

  /** What stood in the slots before stands there again. */
  end(): void {
    for (const place of this.#places) this.#restore(place);
  }

  #clear(place: Place): void {
    if (place.fallback !== null) return;
    const fallback: ChildNode[] = [];
    while (place.start.nextSibling !== null && place.start.nextSibling !== place.end) {
      fallback.push(place.start.nextSibling);
      place.start.nextSibling.remove();
    }
    place.fallback = fallback;
  }

  #restore(place: Place): void {
    if (place.fallback === null) return;
    place.end.before(...place.fallback);
    place.fallback = null;
  }
}
