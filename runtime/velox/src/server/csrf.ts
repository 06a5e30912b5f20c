// Cross-site form posts (case 58). A browser sends a form, or a request that looks like one, anywhere
// without asking; such a request must come from this site. Refuses to trust the absence of a type.

import type { HostSource } from "./hosts.js";

const FORM_TYPES: ReadonlySet<string> = new Set([
  "", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
]);
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** True where the request is a form post that another site made the browser send. */
export function isForeignForm(method: string, origin: string, source: HostSource): boolean {
  if (SAFE.has(method)) return false;
  const type = (source.header("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();
  if (!FORM_TYPES.has(type)) return false;
  const from = source.header("origin");
  if (from !== null) return !sameHost(from, origin);
  // Without an Origin the caller is an old browser, or none at all; fetch metadata tells them apart.
  const site = source.header("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}

// A proxy that ends TLS may hide the scheme, so hosts are compared; `null` is never this site.
function sameHost(from: string, origin: string): boolean {
  return URL.canParse(from) && new URL(from).host === new URL(origin).host;
}
