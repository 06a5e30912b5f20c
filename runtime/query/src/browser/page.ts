// The one client of a page in the browser, and the state that the server sent with the page and with its streamed
// chunks (QRY-2, QRY-4). A block is read when the first component asks that stands behind it. The decoder of values that
// JSON lacks is loaded where such a value has come, before anything here runs; a page that streams says so beforehand.

import type { decode as Decode } from "velox/decode";
import type { QueryKey } from "../key.js";
import { QueryClient } from "./client.js";

// Without a key it is the time at which the page was rendered.
type State = [key: QueryKey | null, dataUpdatedAt: number, ...data: unknown[]];

let pageClient: QueryClient | undefined;
let decode: typeof Decode | undefined;
let loading: Promise<void> | undefined;
const read = new WeakSet<Element>();

const load = (): Promise<void> => (loading ??= import("velox/decode").then((decoder) => {
  decode = decoder.decode;
}));

if (document.querySelector('script[data-velox-query="1"]') !== null) await load();

/** While state has arrived that cannot be read yet: a promise of that. */
export function arriving(): Promise<void> | undefined {
  return decode === undefined ? loading : undefined;
}

/** The client that all islands of a page share; takes in what has arrived since it was asked for last. */
export function getPageClient(): QueryClient {
  if (pageClient === undefined) {
    pageClient = new QueryClient();
    pageClient.mount();
  }
  for (const element of document.querySelectorAll("script[data-velox-query]")) {
    if (read.has(element)) continue;
    const text = element.textContent!;
    let states: State[];
    if (element.getAttribute("data-velox-query") === "0") states = JSON.parse(text) as State[];
    else if (decode !== undefined) states = text === "" ? [] : [decode(text) as State];
    else {
      void load().then(getPageClient);
      continue;
    }
    read.add(element);
    for (const state of states) pageClient.arrive(...state);
  }
  return pageClient;
}
