// Strong entity tags and conditional requests (ISR-11). A malformed header is ignored, never an error
// (case 32).

import { createHash } from "node:crypto";

/** A strong tag of the body's bytes. */
export function etagOf(body: string | Uint8Array): string {
  return '"' + createHash("sha256").update(body).digest("base64url").slice(0, 27) + '"';
}

/** True where `If-None-Match` names the tag. */
export function matchesEtag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header.trim() === "*") return true;
  for (const [, tag] of header.matchAll(/(?:W\/)?("[^"]*")/g)) if (tag === etag) return true;
  return false;
}
