// Which origin a request has (SSR-3): the configured site, else the scheme of the socket and a Host
// that is on the list. Loopback names are always on it, since no foreign page can be one of them.
// Refuses a Host with anything but a name and a port in it; proxy headers count only as far as they
// are trusted.

import type { App } from "./app.js";

/** What of a request decides about its origin. */
export interface HostSource {
  readonly scheme: "http" | "https";
  readonly ip: string;
  header(name: string): string | null;
}

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const LOOPBACK = /^(?:localhost|[a-z0-9.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True for a Host that names this machine itself. */
export function isLoopback(host: string): boolean {
  return HOST.test(host) && LOOPBACK.test(host.toLowerCase().replace(/:\d+$/, ""));
}

// Subdomains and ports of a pattern are the client's choice.
const KNOWN_LIMIT = 100;

/** Decides on origins for one application. */
export class Hosts {
  readonly #site: string | null;
  readonly #trust: number;
  readonly #exact = new Set<string>();
  readonly #suffixes: string[] = [];
  /** Origins by what they were decided from; few, since hosts on the list are few. */
  readonly #known = new Map<string, string>();

  constructor(app: Pick<App, "site" | "allowedHosts" | "trustProxy">) {
    this.#site = app.site === null ? null : new URL(app.site).origin;
    this.#trust = app.trustProxy;
    for (const pattern of app.allowedHosts) {
      const lower = pattern.toLowerCase();
      if (lower.startsWith("*.")) this.#suffixes.push(lower.slice(1));
      else this.#exact.add(lower);
    }
  }

  /** The configured origin. */
  get site(): string | null {
    return this.#site;
  }

  /** The origin of a request, or null for 400. */
  origin(source: HostSource): string | null {
    if (this.#site !== null) return this.#site;
    const host = (this.#forwarded(source, "x-forwarded-host") ?? source.header("host") ?? "").toLowerCase();
    const forwarded = this.#forwarded(source, "x-forwarded-proto");
    const scheme = forwarded === "https" || forwarded === "http" ? forwarded : source.scheme;
    const written = scheme + "://" + host;
    const known = this.#known.get(written);
    if (known !== undefined) return known;
    if (!HOST.test(host) || !this.#allows(host) || !URL.canParse(written)) return null;
    const { origin } = new URL(written);
    if (this.#known.size < KNOWN_LIMIT) this.#known.set(written, origin);
    return origin;
  }

  /** The client's address: the socket's, or the one that the outermost trusted proxy saw. */
  clientIp(source: HostSource): string {
    return this.#forwarded(source, "x-forwarded-for") ?? source.ip;
  }

  #allows(host: string): boolean {
    const name = host.replace(/:\d+$/, "");
    if (LOOPBACK.test(name) || this.#exact.has(name) || this.#exact.has(host)) return true;
    return this.#suffixes.some((suffix) => suffix.includes(":")
      ? host.endsWith(suffix) && host.length > suffix.length
      : name.endsWith(suffix) && name.length > suffix.length);
  }

  // Every trusted proxy appends to the list; what stands before their entries came from outside.
  #forwarded(source: HostSource, name: string): string | null {
    if (this.#trust <= 0) return null;
    const value = source.header(name);
    if (value === null) return null;
    const entries = value.split(",").map((entry) => entry.trim());
    return entries[Math.max(0, entries.length - this.#trust)] ?? null;
  }
}
