// Cross-site form posts (case 58). A browser sends a form, or a request that looks like one, anywhere
// without asking; such a request must come from this site. Refuses to trust the absence of a type.

import { isLoopback, type HostSource } from "./hosts.js";

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
  const site = source.header("sec-fetch-site");
  if (from !== null) return !sameHost(from, origin) && !isPreview(from, site, source);
  // Without an Origin the caller is an old browser, or none at all; fetch metadata tells them apart.
  return site !== null && site !== "same-origin" && site !== "none";
}

// A build with a configured site that is looked at on this machine: its pages come from the Host that they
// post to. Behind a proxy a Host may be a loopback name too, so what the browser says must agree.
function isPreview(from: string, site: string | null, source: HostSource): boolean {
  const host = source.header("host");
  if (host === null || !isLoopback(host) || (site !== null && site !== "same-origin")) return false;
  return URL.canParse(from) && sameHost(from, `${new URL(from).protocol}//${host}`);
}

// A proxy that ends TLS may hide the scheme, so hosts are compared; `null` is never this site.
function sameHost(from: string, origin: string): boolean {
  return URL.canParse(from) && URL.canParse(origin) && new URL(from).host === new URL(origin).host;
}
