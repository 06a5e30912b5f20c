// The `meta` of a page that is rendered in the browser: title and tags of the head, under the names of S7. Tags that are
// there are changed, others are added.

import { OF_PAGE } from "./late-head.js";

type Values = Record<string, unknown>;

const NESTED: Readonly<Record<string, readonly [attribute: string, prefix: string]>> = {
  openGraph: ["property", "og:"],
  twitter: ["name", "twitter:"],
};
const NAMES: Readonly<Record<string, string>> = { themeColor: "theme-color", siteName: "site_name" };

function tag(selector: string, make: () => HTMLElement): HTMLElement {
  let element = document.head.querySelector<HTMLElement>(selector);
  if (element === null) {
    element = make();
    element.setAttribute(OF_PAGE, "");
    document.head.append(element);
  }
  return element;
}

function meta(attribute: string, name: string, value: unknown): void {
  const element = tag(`meta[${attribute}="${CSS.escape(name)}"]`, () => {
    const made = document.createElement("meta");
    made.setAttribute(attribute, name);
    return made;
  });
  element.setAttribute("content", Array.isArray(value) ? value.join(", ") : String(value));
}

/** Makes the head say what `values` says. */
export function metaTags(values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const nested = NESTED[name];
    if (value === null || value === undefined || value === false) continue;
    if (name === "title") document.title = String(value);
    else if (name === "canonical") {
      const make = (): HTMLElement => Object.assign(document.createElement("link"), { rel: "canonical" });
      tag('link[rel="canonical"]', make).setAttribute("href", String(value));
    } else if (nested !== undefined && typeof value === "object") {
      for (const [key, inner] of Object.entries(value as Values)) {
        if (inner !== null && inner !== undefined) meta(nested[0], nested[1] + (NAMES[key] ?? key), inner);
      }
    } else if (typeof value !== "object" || Array.isArray(value)) meta("name", NAMES[name] ?? name, value);
  }
}
