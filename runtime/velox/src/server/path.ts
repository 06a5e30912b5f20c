// The one way from a request target to a path (SSR-4). Router, guards, cache keys and params all use
// its result. Refuses with null what cannot be read in exactly one way: broken escapes, invalid UTF-8,
// NUL, and slashes or backslashes that were escaped. Nothing is ever decoded twice.

/** A path in its one form. */
export interface CanonicalPath {
  /** Escaped again, without a slash at the end, `/` for the root. */
  readonly path: string;
  /** Decoded segments; a segment may hold any text but slashes, backslashes and NUL. */
  readonly segments: readonly string[];
  /** True where the path ended with a slash. */
  readonly slash: boolean;
  /** True where it held empty segments, which are left out of `segments`. */
  readonly doubled: boolean;
}

/** A request target in parts. */
export interface Target {
  readonly path: CanonicalPath;
  /** The query with its `?`, or nothing. */
  readonly search: string;
}

const PLAIN = /^(?:\/[A-Za-z0-9_~-]+)+$/;

/** Reads the target of a request line; null means 400. */
export function readTarget(target: string): Target | null {
  if (PLAIN.test(target)) {
    return { path: { path: target, segments: target.slice(1).split("/"), slash: false, doubled: false }, search: "" };
  }
  if (target === "/") return { path: ROOT, search: "" };
  if (!target.startsWith("/")) return null;
  // Joined as text: the target cannot take the place of the host.
  const whole = "http://velox.invalid" + target;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const path = canonicalPath(url.pathname);
  return path === null ? null : { path, search: url.search };
}

const ROOT: CanonicalPath = { path: "/", segments: [], slash: false, doubled: false };

/** Canonical form of an escaped path that begins with a slash and has no dot segments left. */
export function canonicalPath(pathname: string): CanonicalPath | null {
  const parts = pathname.split("/");
  const segments: string[] = [];
  const last = parts.length - 1;
  let doubled = false;
  for (let i = 1; i <= last; i++) {
    const part = parts[i]!;
    if (part === "") {
      if (i < last) doubled = true;
      continue;
    }
    const segment = part.includes("%") ? decodeOnce(part) : part;
    if (segment === null || /[/\\\0]/.test(segment) || segment === "." || segment === "..") return null;
    segments.push(segment);
  }
  const slash = last > 0 && parts[last] === "" && segments.length > 0;
  return { path: pathOf(segments), segments, slash, doubled };
}

function decodeOnce(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The escaped path of decoded segments. */
export function pathOf(segments: readonly string[]): string {
  if (segments.length === 0) return "/";
  let path = "";
  for (const segment of segments) path += "/" + encodeSegment(segment);
  return path;
}

const UNRESERVED = /^[A-Za-z0-9_.~-]*$/;
const READABLE: Readonly<Record<string, string>> = { "%24": "$", "%26": "&", "%2B": "+", "%2C": ",", "%3A": ":", "%3B": ";", "%3D": "=", "%40": "@" };

/** One segment, escaped as far as a path needs it. */
export function encodeSegment(segment: string): string {
  if (UNRESERVED.test(segment)) return segment;
  return encodeURIComponent(segment).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, (escape) => READABLE[escape]!);
}
