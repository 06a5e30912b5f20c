// The one client of a page in the browser, and the state that the server sent with the page and with its streamed
// chunks (QRY-2, QRY-4). Refuses to wait: a block is read when the first component asks that stands behind it.

import { decode } from "velox/decode";
import type { QueryKey } from "../key.js";
import { QueryClient } from "./client.js";

let pageClient: QueryClient | undefined;
const read = new WeakSet<Element>();

/** The client that all islands of a page share; takes in what has arrived since it was asked for last. */
export function getPageClient(): QueryClient {
  if (pageClient === undefined) {
    pageClient = new QueryClient();
    pageClient.mount();
  }
  for (const element of document.querySelectorAll("script[data-velox-query]")) {
    if (read.has(element)) continue;
    read.add(element);
    const text = element.textContent!;
    const queries = element.getAttribute("data-velox-query") === "0" ? JSON.parse(text) : [decode(text)];
    for (const query of queries as [key: QueryKey, dataUpdatedAt: number, ...data: unknown[]][]) pageClient.arrive(...query);
  }
  return pageClient;
}
