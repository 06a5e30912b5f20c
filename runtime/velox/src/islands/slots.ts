// HTML that was passed into an island, in the browser: the nodes that the server printed move with the place that the component
// gives them, so that what lives in them keeps its state, hidden or not. Loaded where an island has such HTML; imports nothing, since
// what it shared with the islands would be one more file for every page.

import type { h as create, VNode } from "preact";
import type { LivingElement } from "../client/browser/island.js";

/**
 * Adds the HTML that the server has printed into an island, or has kept beside it, to the props of its component. What is given back
 * is to be called when the component lives: it sees to it that what is hidden at the island's end ends too.
 */
export function takeSlots(element: LivingElement, props: Record<string, unknown>, h: typeof create): () => void {
  const hidden: DocumentFragment[] = [];
  for (const slot of element.querySelectorAll("velox-slot,[data-velox-slot]")) {
    if (slot.parentElement!.closest("velox-island") !== element) continue;
    const name = slot.getAttribute("n");
    const kept = document.createDocumentFragment();
    props[name ?? "children"] ??= content(h, name, slot.innerHTML, kept);
    hidden.push(kept);
    const template = slot as HTMLTemplateElement;
    if (template.content === undefined) continue;
    kept.append(template.content);
    slot.remove();
  }
  return () => {
    const { end } = element;
    element.end = () => {
      end?.();
      for (const kept of hidden) for (const inner of kept.querySelectorAll<LivingElement>("velox-island")) inner.end?.();
    };
  };
}

// The place of the HTML. A component may print it several times: one of them has the nodes, the others copies.
function content(h: typeof create, n: string | null, html: string, kept: DocumentFragment): VNode {
  const ref = (place: Element): (() => void) => {
    // Where the server's HTML is taken over it is there.
    if (place.firstChild === null) {
      if (kept.firstChild === null) place.innerHTML = html;
      else place.append(kept);
      findPlaces();
    }
    return () => {
      if (kept.firstChild === null) kept.append(...place.childNodes);
    };
  };
  return h("velox-slot", { n, style: "display:contents", ref, dangerouslySetInnerHTML: { __html: "" } } as never);
}

// Content of a boundary that came while its place was hidden waits at the end of the body, until something changes there.
function findPlaces(): void {
  const mark = new Comment();
  document.body.append(mark);
  mark.remove();
}
