// How a page may leave: out of order, which takes a script in the browser; in the order of the document for readers that
// run none; or whole. Refuses to guess from what a client might support: only who says that it reads and never runs.

import type { StreamMode } from "../render/streaming.js";
import type { Route } from "./app.js";
import type { RequestScope } from "./request-scope.js";

// Readers that run no scripts, or that do not wait for what scripts do.
const READERS =
  /(?<!\bcu)bot\b|crawl|spider|slurp|mediapartners|facebookexternalhit|embedly|quora link preview|pinterest|whatsapp|vkshare|w3c_validator|lighthouse/i;

// Where a browser says what it wants a page for, these are the ones that show it.
const SHOWN: ReadonlySet<string> = new Set(["document", "iframe", "frame", "embed", "object", "fencedframe"]);

/** How the route's page leaves for this request. */
export function streamMode(scope: RequestScope, route: Pick<Route, "stream">): StreamMode {
  if (route.stream === "ordered" || route.stream === "off") return route.stream;
  const { incoming } = scope;
  // A request of this process reads the page as text.
  if (incoming === null || scope.chain.length > 0) return "ordered";
  const purpose = incoming.header("sec-purpose") ?? "";
  if (/\bprefetch\b/i.test(purpose)) return "ordered";
  // The router shows a page while it comes.
  if (incoming.header("velox-navigation") !== null) return "unordered";
  const destination = incoming.header("sec-fetch-dest");
  if (destination !== null && !SHOWN.has(destination)) return "ordered";
  return READERS.test(incoming.header("user-agent") ?? "") ? "ordered" : "unordered";
}
