// Development only (ISL-5): tells where the HTML of the server differs from what the component gives in the browser.
// preact mends text and keeps attributes as they are, so a wrong one would stay unseen. Refuses to run effects: the
// component is rendered to a string.

import { h, type ComponentType } from "preact";
import { renderToString } from "preact-render-to-string";

/** Compares an island's HTML with its component; writes what differs to the console. */
export async function warnOfMismatch(element: Element, Component: unknown, props: object): Promise<void> {
  let html: string;
  try {
    html = renderToString(Object.assign(h(Component as ComponentType, props), { __m: [element.getAttribute("m"), 0] }));
  } catch {
    return; // it fails at hydration too, and is told there
  }
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  const difference = compare(element, wanted.content, "");
  if (difference !== null) {
    console.warn(`[velox] hydration: the server's HTML of an island differs from the browser's: ${difference}`, element);
  }
}

/** The first difference between two trees, in words; null where there is none. */
export function compare(server: Element | DocumentFragment, browser: Element | DocumentFragment, path: string): string | null {
  const [ours, theirs] = [nodesOf(server), nodesOf(browser)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [a, b] = [ours[index], theirs[index]];
    const where = path === "" ? "at its top" : `in ${path}`;
    if (a === undefined || b === undefined) {
      return `${where} the ${a === undefined ? "browser" : "server"} has ${shown((a ?? b)!)}, and the ${a === undefined ? "server" : "browser"} nothing`;
    }
    if (typeof a === "string" || typeof b === "string" || a.localName !== b.localName) {
      if (a === b) continue;
      return `${where} the server has ${shown(a)}, and the browser ${shown(b)}`;
    }
    // What was passed into the island is the server's, whatever it is.
    if (a.localName === "velox-slot") continue;
    const here = `${path === "" ? "" : path + " > "}<${a.localName}>`;
    const difference = attributesOf(a, b, here) ?? compare(a, b, here);
    if (difference !== null) return difference;
  }
  return null;
}

function attributesOf(server: Element, browser: Element, where: string): string | null {
  for (const name of new Set([...server.getAttributeNames(), ...browser.getAttributeNames()])) {
    // preact's renderer sees the value of a `<select>` in fewer options than the server does.
    if (name === "selected") continue;
    const [a, b] = [valueOf(server, name), valueOf(browser, name)];
    if (a !== b) return `${name} of ${where} is ${a === null ? "missing on the server" : JSON.stringify(a)}, and ${b === null ? "missing in the browser" : `${JSON.stringify(b)} in the browser`}`;
  }
  return null;
}

// Declarations and class names are compared by what they mean.
function valueOf(element: Element, name: string): string | null {
  const value = element.getAttribute(name);
  if (value === null) return name === "class" ? "" : null;
  if (name === "style") return (element as HTMLElement).style.cssText;
  return name === "class" ? value.trim().split(/\s+/).join(" ") : value;
}

// Elements and text; neighbouring texts are one, comments and empty texts none.
function nodesOf(parent: Element | DocumentFragment): (Element | string)[] {
  const nodes: (Element | string)[] = [];
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE) nodes.push(node as Element);
    if (node.nodeType !== Node.TEXT_NODE || node.nodeValue === "") continue;
    const last = nodes[nodes.length - 1];
    if (typeof last === "string") nodes[nodes.length - 1] = last + node.nodeValue;
    else nodes.push(node.nodeValue!);
  }
  return nodes;
}

function shown(node: Element | string): string {
  return typeof node === "string" ? `the text ${JSON.stringify(node.slice(0, 60))}` : `<${node.localName}>`;
}
