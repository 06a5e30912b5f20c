// The head and the attributes of the root when the document is exchanged: what both pages have stays as it is, what
// the old page had goes, and what scripts have put there since is left alone.

import { OF_PAGE } from "../late-head.js";
import { allow, isScript, runScript } from "./scripts.js";

const STYLES_AT_MOST = 3000; // milliseconds that a page waits for its styles

/** Elements and attributes that came with a page. */
const own = new WeakSet<Element>();
let attributes = new Map<string, string>();

/** Takes down what came with the page that is shown. */
export function rememberHead(): void {
  for (const element of document.head.children) own.add(element);
  attributes = attributesOf(document.documentElement);
}

// What late content or a page of the browser has put there is the page's too, and so is its title, whoever wrote it.
function isOwn(element: Element): boolean {
  return own.has(element) || element.localName === "title" || element.hasAttribute(OF_PAGE);
}

function attributesOf(element: Element): Map<string, string> {
  return new Map([...element.attributes].map(({ name, value }) => [name, value]));
}

const isStyle = (element: Element): boolean => element.matches("link[rel=stylesheet]");

// Two elements of one key are the same; a nonce differs with each response.
function keyOf(element: Element): string {
  if (isStyle(element)) return `style ${element.getAttribute("href")} ${element.getAttribute("media")}`;
  const copy = element.cloneNode(true) as Element;
  copy.removeAttribute("nonce");
  return copy.outerHTML;
}

/** Loads the styles of the new page, so that nothing is seen without them. */
export async function loadStyles(next: Document): Promise<void> {
  const here = new Set([...document.head.children].map(keyOf));
  const missing = [...next.head.children].filter((element) => isStyle(element) && !here.has(keyOf(element)));
  if (missing.length === 0) return;
  const loaded = missing.map((element) => {
    const copy = allow(document.importNode(element, true), (element as HTMLElement).nonce);
    own.add(copy);
    return new Promise((resolve) => {
      copy.addEventListener("load", resolve);
      copy.addEventListener("error", resolve);
      document.head.append(copy);
    });
  });
  await Promise.race([Promise.all(loaded), new Promise((resolve) => setTimeout(resolve, STYLES_AT_MOST))]);
}

const SLOT = /^\[?slot:/;

/** Whether a node is one of the comments around a slot that a page of the browser may fill. */
function isSlot(node: Node): node is Comment {
  return node.nodeType === Node.COMMENT_NODE && SLOT.test((node as Comment).data);
}

/** Makes the head that of the new page. */
export function mergeHead(next: Document): void {
  const here = new Map<string, Element>();
  let inSlot = false;
  for (const node of [...document.head.childNodes]) {
    if (isSlot(node)) {
      inSlot = node.data.startsWith("[");
      node.remove();
    } else if (inSlot && node instanceof Element && isOwn(node) && !isStyle(node)) node.remove();
  }
  for (const element of document.head.children) if (isOwn(element)) here.set(keyOf(element), element);
  inSlot = false;
  for (const element of [...next.head.childNodes]) {
    if (isSlot(element)) {
      inSlot = element.data.startsWith("[");
      document.head.append(document.importNode(element));
    }
    if (!(element instanceof Element)) continue;
    const key = keyOf(element);
    const kept = here.get(key);
    if (kept !== undefined && (!inSlot || isStyle(element))) {
      here.delete(key);
      continue;
    }
    const copy = allow(document.importNode(element, true), (element as HTMLElement).nonce);
    own.add(copy);
    document.head.append(copy);
    if (isScript(copy)) own.add(runScript(copy));
  }
  for (const element of here.values()) {
    own.delete(element);
    // A module that has run stays: it does not run again.
    element.remove();
  }
}

/** Makes the attributes of the root those of the new page; what a script has changed stays. */
export function mergeRoot(next: Document): void {
  const root = document.documentElement;
  const wanted = attributesOf(next.documentElement);
  for (const [name, value] of attributes) {
    if (!wanted.has(name) && root.getAttribute(name) === value) root.removeAttribute(name);
  }
  for (const [name, value] of wanted) if (attributes.get(name) !== value) root.setAttribute(name, value);
  attributes = wanted;
}
