// `<Head>` in the browser: what it holds goes into the document's head when the component is in the page, and what
// it added goes with the component. One title, one meta of a name, one canonical link: the last one counts (T10).

import { render, type ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Html } from "../../shared/html.js";
import { isSame } from "./late-head.js";

const NOTHING = (): void => {};

/** Puts an element into the head; gives what takes it away, where nothing was there in its place before. */
function put(element: Element): () => void {
  if (element.localName === "title") {
    document.title = element.textContent ?? "";
    return NOTHING;
  }
  const same = [...document.head.querySelectorAll(element.localName)].find((other) => isSame(element, other));
  if (same === undefined) document.head.append(element);
  else same.replaceWith(element);
  return same === undefined ? () => element.remove() : NOTHING;
}

function HeadContent(props: { readonly children?: ComponentChildren }): null {
  useLayoutEffect(() => {
    const made = document.createElement("head");
    render(props.children, made);
    const ends = [...made.children].map(put);
    return () => ends.forEach((end) => end());
  });
  return null;
}

/** Puts its children into the page's `<head>`. */
export const Head = HeadContent as unknown as (props: object) => Html;
