// ISR pages (M4, ISR-1 to ISR-15): served from the store, rendered once for all who wait, rendered again behind a kept
// page that is past its time. A rendering that fails never takes the place of a good page.

import { availableParallelism } from "node:os";
import { ageOf, isAged } from "../cache/entry.js";
import type { Keys } from "../cache/keys.js";
import type { CacheStore, Entry, Found } from "../cache/store.js";
import { pageTags } from "../cache/tags.js";
import { HttpError, NotFound } from "./control-flow.js";
import { matchesEtag } from "./etag.js";
import { FailedPage, makeEntry } from "./page-entry.js";
import type { RenderedPage } from "./page.js";
import { Renewals, isResting, type PageWork, type Renewed, type RenewalLimits } from "./renewals.js";
import { HTML_TYPE, PRIVATE, readyReply, type ReadyReply, type Reply } from "./reply.js";
import type { Match } from "./router.js";

/** A page that the build has rendered. */
export interface PrerenderedPage {
  readonly route: string;
  readonly tags: readonly string[];
  /** Seconds; what the build found for this page. */
  readonly revalidate: number | false;
  read(): Promise<PageContent>;
  /** Its content where that is in memory. */
  peek?(): PageContent | null;
}

/** The bytes of a page that the build has rendered, and when it did, in milliseconds. */
export interface PageContent {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly time: number;
}

/** Pages that the build has rendered, by canonical path. */
export interface PrerenderedPages {
  find(path: string): PrerenderedPage | null;
}

/** What a rendering for everybody is given beside its route. */
export interface SharedRendering {
  /** The start of the rendering, in the store's time. */
  readonly renderStart: number;
  readonly signal: AbortSignal;
}

/** What ISR pages need of their application. */
export interface IsrParts {
  readonly store: CacheStore;
  readonly keys: Keys;
  readonly pages: PrerenderedPages | null;
  /** Whether a shared cache stands in front (ISR-12). */
  readonly cdn: boolean;
  readonly limits?: Partial<RenewalLimits>;
  render(match: Match, path: string, shared: SharedRendering): Promise<RenderedPage | Response>;
  report(error: unknown, place: string): void;
  warn(message: string): void;
}

/** How an answer came about. */
export type CacheState = "HIT" | "STALE" | "MISS" | "BYPASS";

const YEAR = 31_536_000;

/** Serves and renews ISR pages. */
export class IsrPages {
  readonly #parts: IsrParts;
  readonly #store: CacheStore;
  readonly #renewals: Renewals;
  /** Keys of build pages that have been offered to the store, and of those that have been rendered since. */
  readonly #offered = new Set<string>();
  readonly #renewed = new Set<string>();
  readonly #warned = new Set<string>();
  /** Answers with pages that are hit, for as long as they say the same: for a second. */
  readonly #ready = new WeakMap<Entry, { readonly age: number; readonly whole: ReadyReply; readonly unchanged: ReadyReply }>();

  constructor(parts: IsrParts) {
    this.#parts = parts;
    this.#store = parts.store;
    const limits: RenewalLimits = { concurrency: availableParallelism(), timeout: 60_000, lease: 30_000, wait: 5000, ...parts.limits };
    this.#renewals = new Renewals(parts.store, limits, (error, place) => parts.report(error, place));
  }

  /** The answer for a page that lies in memory and is neither old nor invalidated, at once; null where it takes more. */
  ready(match: Match, path: string, ifNoneMatch: string | null): ReadyReply | null {
    const key = this.#parts.keys.page(match.route.id, path);
    const entry = this.#fresh(key);
    if (entry === null || entry.status !== 200 || (!this.#offered.has(key) && this.#parts.pages?.find(path) != null)) return null;
    const now = this.#store.clock();
    if (isAged(entry, now)) return null;
    const age = ageOf(entry, now);
    let ready = this.#ready.get(entry);
    if (ready?.age !== age) {
      const headers = this.#headers(entry, "HIT", now);
      ready = { age, whole: readyReply(200, headers, entry.body), unchanged: readyReply(304, headers.filter(isOfUnchanged), null) };
      this.#ready.set(entry, ready);
    }
    return ifNoneMatch !== null && matchesEtag(ifNoneMatch, entry.etag) ? ready.unchanged : ready.whole;
  }

  #fresh(key: string): Entry | null {
    const found = this.#store.peek?.(key) ?? null;
    return found !== null && found.tagState === "fresh" ? found.entry : null;
  }

  /** The answer for a page; throws what the rendering threw where there is no page to fall back on. */
  async answer(match: Match, path: string, ifNoneMatch: string | null): Promise<Reply> {
    const key = this.#parts.keys.page(match.route.id, path);
    let kept = await this.#store.get(key);
    if (this.#parts.pages !== null && (!this.#offered.has(key) || (kept === null && !this.#renewed.has(key)))) {
      kept = (await this.#offer(key, match, path)) ?? kept;
    }
    if (kept === null && this.#isUnknown(match, path)) throw new NotFound();
    const now = this.#store.clock();
    if (kept !== null) {
      const { entry, tagState } = kept;
      if (tagState === "expired") {
        // INV-2: after a failure the last good page is better than another failure for each visitor.
        if (isResting(kept, now) && entry.status < 300) return this.#reply(entry, "STALE", now, ifNoneMatch);
      } else {
        const stale = tagState === "stale" || isAged(entry, now);
        if (stale) this.#renewals.behind(this.#work(key, match, path), kept, now);
        return this.#reply(entry, stale ? "STALE" : "HIT", now, ifNoneMatch);
      }
    }
    let made: Renewed;
    try {
      made = await this.#renewals.now(this.#work(key, match, path), kept);
    } catch (error) {
      if (kept !== null && kept.entry.status < 300) return this.#reply(kept.entry, "STALE", this.#store.clock(), ifNoneMatch);
      throw error instanceof FailedPage ? new HttpError(error.status, error.message) : error;
    }
    if (made.refused !== null) return this.#pass(match, made.entry, made.refused);
    return this.#reply(made.entry, made.found ? "HIT" : "MISS", this.#store.clock(), ifNoneMatch);
  }

  #work(key: string, match: Match, path: string): PageWork {
    return {
      key,
      place: path,
      make: async (renderStart, signal) => {
        const made = await makeEntry(match, path, renderStart, () => this.#parts.render(match, path, { renderStart, signal }));
        if (made.refused === null && this.#parts.pages?.find(path) != null) this.#renewed.add(key);
        return made;
      },
    };
  }

  // SSG-3: with `fallback: '404'` a route has the pages that the build made, and no others.
  #isUnknown(match: Match, path: string): boolean {
    return match.route.fallback === "404" && this.#parts.pages?.find(path)?.route !== match.route.id;
  }

  // A page of the build takes the place of what an earlier run left, unless that is newer.
  async #offer(key: string, match: Match, path: string): Promise<Found | null> {
    const page = this.#parts.pages?.find(path) ?? null;
    if (page === null || page.route !== match.route.id) return null;
    this.#offered.add(key);
    const { body, etag, time } = await page.read();
    const tags = pageTags(match.route, path, page.tags);
    const entry: Entry = { body, status: 200, headers: [["content-type", HTML_TYPE]], etag, tags, renderStart: time, revalidate: page.revalidate };
    await this.#store.set(key, entry);
    return this.#store.get(key);
  }

  // ISR-6: sent to the caller alone.
  #pass(match: Match, entry: Entry, reason: string): Reply {
    const { id, file } = match.route;
    if (!this.#warned.has(id) && !(entry.status >= 300 && entry.status < 400)) {
      this.#warned.add(id);
      this.#parts.warn(`${file}: an answer of this isr route is not kept, since ${reason}; use \`render: 'ssr'\` if that is meant`);
    }
    const headers = entry.headers.map(([name, value]): [string, string] => [name, value]);
    if (!headers.some(([name]) => name === "cache-control")) headers.push(["cache-control", entry.status === 200 ? PRIVATE : "no-store"]);
    headers.push(["x-velox-cache", "BYPASS"]);
    const empty = entry.status === 204 || entry.status === 304 || (entry.status >= 300 && entry.body.byteLength === 0);
    return { status: entry.status, headers, body: empty ? null : entry.body };
  }

  #reply(entry: Entry, state: CacheState, now: number, ifNoneMatch: string | null): Reply {
    if (entry.status === 404 || entry.status === 410) {
      throw new HttpError(entry.status, entry.status === 404 ? "Not Found" : "Gone", { "x-velox-cache": state });
    }
    const headers = this.#headers(entry, state, now);
    if (entry.status >= 300) return { status: entry.status, headers, body: null };
    if (ifNoneMatch !== null && matchesEtag(ifNoneMatch, entry.etag)) {
      return { status: 304, headers: headers.filter(isOfUnchanged), body: null };
    }
    return { status: entry.status, headers, body: entry.body };
  }

  #headers(entry: Entry, state: CacheState, now: number): [string, string][] {
    const headers: [string, string][] = [];
    for (const [name, value] of entry.headers) if (name !== "cache-control") headers.push([name, value]);
    headers.push(["x-velox-cache", state]);
    if (entry.status >= 300) headers.push(["cache-control", "no-store"]);
    else headers.push(["cache-control", this.#cacheControl(entry, state, now)], ["etag", entry.etag], ["age", String(ageOf(entry, now))]);
    return headers;
  }

  // ISR-12: a shared cache may keep the page for the rest of its time, a browser asks each time.
  #cacheControl(entry: Entry, state: CacheState, now: number): string {
    const browser = "max-age=0, must-revalidate";
    if (!this.#parts.cdn) return browser;
    const { revalidate } = entry;
    if (revalidate === false) return `public, ${browser}, s-maxage=${state === "STALE" ? 1 : YEAR}`;
    const rest = state === "STALE" ? 1 : Math.max(1, revalidate - ageOf(entry, now));
    return `public, ${browser}, s-maxage=${rest}, stale-while-revalidate=${revalidate}`;
  }
}

// A 304 says nothing of a body that it does not have.
function isOfUnchanged([name]: readonly [string, string]): boolean {
  return name !== "content-type";
}
