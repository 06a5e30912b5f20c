// ISR pages (M4, ISR-1 to ISR-5): served from the store, rendered once for all who wait, rendered again
// behind a kept page that is past its time. A rendering that fails never takes the place of a good page.

import { NotFound, isHttpError, isRedirect } from "./control-flow.js";
import type { Match } from "./router.js";
import { etagOf, matchesEtag } from "./etag.js";
import type { InvalidationMode, PageEntry, PageStore, TagState } from "./page-store.js";
import type { RenderedPage } from "./page.js";
import { HTML_TYPE, type Reply } from "./reply.js";

/** A page that the build has rendered. */
export interface PrerenderedPage {
  readonly route: string;
  readonly tags: readonly string[];
  /** Seconds; what the build found for this page. */
  readonly revalidate: number | false;
  read(): Promise<{ readonly body: Uint8Array; readonly etag: string; readonly time: number }>;
}

/** Pages that the build has rendered, by canonical path. */
export interface PrerenderedPages {
  find(path: string): PrerenderedPage | null;
}

/** Renders a page for everybody. */
export type RenderShared = (match: Match, path: string) => Promise<RenderedPage | Response>;

const KEPT_STATUS: ReadonlySet<number> = new Set([200, 301, 308, 404, 410]);
const NO_BODY = new Uint8Array(0);
const MISSING_SECONDS = 60;
const FIRST_RETRY_SECONDS = 30;
const LAST_RETRY_SECONDS = 300;

interface Failure {
  count: number;
  retryAt: number;
}

/** Serves and renews ISR pages. */
export class IsrPages {
  readonly #store: PageStore;
  readonly #pages: PrerenderedPages | null;
  readonly #render: RenderShared;
  readonly #report: (error: unknown, place: string) => void;
  readonly #flights = new Map<string, Promise<PageEntry>>();
  readonly #failures = new Map<string, Failure>();
  /** Keys of build pages that have been rendered since: the file of the build is too old for them. */
  readonly #renewed = new Set<string>();

  constructor(
    store: PageStore,
    pages: PrerenderedPages | null,
    render: RenderShared,
    report: (error: unknown, place: string) => void,
  ) {
    this.#store = store;
    this.#pages = pages;
    this.#render = render;
    this.#report = report;
  }

  /** Invalidates pages by the store's tags. */
  invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    return this.#store.invalidate(tags, mode);
  }

  /** The answer for a page; throws what the rendering threw where there is no page to fall back on. */
  async answer(match: Match, path: string, ifNoneMatch: string | null): Promise<Reply> {
    const key = match.route.id + "\n" + path;
    const kept = (await this.#store.get(key)) ?? (await this.#fromBuild(key, match, path));
    if (kept !== null && kept.tagState !== "expired") {
      const { entry } = kept;
      const now = await this.#store.now();
      const aged = entry.revalidate !== false && now - entry.renderStart >= entry.revalidate * 1000;
      const stale = aged || kept.tagState === "stale";
      if (stale) this.#renew(key, match, path, entry, now);
      return this.#reply(entry, stale ? "STALE" : "HIT", now, ifNoneMatch);
    }
    let entry: PageEntry;
    try {
      entry = await this.#fly(key, match, path);
    } catch (error) {
      // INV-2: after an invalidation the last good page is better than an error.
      if (kept === null || kept.entry.status === 404) throw error;
      this.#report(error, path);
      return this.#reply(kept.entry, "STALE", await this.#store.now(), ifNoneMatch);
    }
    return this.#reply(entry, "MISS", await this.#store.now(), ifNoneMatch);
  }

  async #fromBuild(key: string, match: Match, path: string): Promise<{ entry: PageEntry; tagState: TagState } | null> {
    if (this.#renewed.has(key)) return null;
    const page = this.#pages?.find(path) ?? null;
    if (page === null || page.route !== match.route.id) return null;
    const { body, etag, time } = await page.read();
    const entry: PageEntry = {
      body,
      status: 200,
      headers: [["content-type", HTML_TYPE]],
      etag,
      tags: storeTags(match, path, page.tags),
      renderStart: time,
      revalidate: page.revalidate,
    };
    await this.#store.set(key, entry);
    return { entry, tagState: this.#store.tagState(entry.tags, time) };
  }

  #renew(key: string, match: Match, path: string, old: PageEntry, now: number): void {
    const failure = this.#failures.get(key);
    if (this.#flights.has(key) || (failure !== undefined && now < failure.retryAt)) return;
    this.#fly(key, match, path).then(
      () => this.#failures.delete(key),
      (error: unknown) => {
        const count = (this.#failures.get(key)?.count ?? 0) + 1;
        const first = Math.max(1, Math.min(old.revalidate === false ? FIRST_RETRY_SECONDS : old.revalidate, FIRST_RETRY_SECONDS));
        const wait = Math.min(first * 2 ** (count - 1), LAST_RETRY_SECONDS);
        this.#failures.set(key, { count, retryAt: now + wait * 1000 });
        this.#report(error, path);
      },
    );
  }

  // One rendering per key, shared by all who wait for it (ISR-2).
  #fly(key: string, match: Match, path: string): Promise<PageEntry> {
    let flight = this.#flights.get(key);
    if (flight === undefined) {
      flight = this.#renderEntry(key, match, path).finally(() => this.#flights.delete(key));
      this.#flights.set(key, flight);
    }
    return flight;
  }

  async #renderEntry(key: string, match: Match, path: string): Promise<PageEntry> {
    const renderStart = await this.#store.now();
    const limit = match.route.revalidate ?? false;
    let entry: PageEntry;
    let keep = true;
    try {
      const out = await this.#render(match, path);
      const page = out instanceof Response ? await fromResponse(out) : out;
      const tags = storeTags(match, path, page.tags);
      const headers: [string, string][] = [["content-type", HTML_TYPE]];
      page.headers?.forEach((value, name) => {
        if (name === "content-type") headers[0]![1] = value;
        else headers.push([name, value]);
      });
      keep = KEPT_STATUS.has(page.status) && isShareable(page.headers) && (page.html !== "" || page.status !== 200);
      entry = {
        body: Buffer.from(page.html),
        status: page.status,
        headers,
        etag: etagOf(page.html),
        tags,
        renderStart,
        revalidate: shorter(limit, page.revalidate),
      };
    } catch (error) {
      if (isRedirect(error)) {
        const headers: [string, string][] = [["location", error.location]];
        keep = error.status === 301 || error.status === 308;
        entry = { body: NO_BODY, status: error.status, headers, etag: "", tags: storeTags(match, path, []), renderStart, revalidate: limit };
      } else if (isHttpError(error) && (error.status === 404 || error.status === 410)) {
        // The body is the error page of each request; what is kept is that there is no page.
        entry = { body: NO_BODY, status: error.status, headers: [], etag: "", tags: storeTags(match, path, []), renderStart, revalidate: shorter(limit, MISSING_SECONDS) };
      } else {
        throw error;
      }
    }
    if (keep) {
      await this.#store.set(key, entry);
      if (this.#pages?.find(path) != null) this.#renewed.add(key);
    }
    return entry;
  }

  #reply(entry: PageEntry, state: "HIT" | "STALE" | "MISS", now: number, ifNoneMatch: string | null): Reply {
    if (entry.status === 404 || entry.status === 410) throw new NotFound();
    const headers: [string, string][] = entry.headers.map(([name, value]) => [name, value]);
    headers.push(["x-velox-cache", state]);
    if (entry.status >= 300) {
      headers.push(["cache-control", "no-store"]);
      return { status: entry.status, headers, body: null };
    }
    headers.push(["cache-control", "max-age=0, must-revalidate"]);
    headers.push(["etag", entry.etag], ["age", String(Math.max(0, Math.floor((now - entry.renderStart) / 1000)))]);
    if (matchesEtag(ifNoneMatch, entry.etag)) {
      return { status: 304, headers: headers.filter(([name]) => name !== "content-type"), body: null };
    }
    return { status: entry.status, headers, body: entry.body };
  }
}

async function fromResponse(response: Response): Promise<RenderedPage> {
  return { html: await response.text(), status: response.status, headers: response.headers, tags: [], revalidate: false };
}

// ISR-6: what is meant for one caller is not kept.
function isShareable(headers: Headers | null): boolean {
  if (headers === null) return true;
  if (headers.has("set-cookie") || /private|no-store/i.test(headers.get("cache-control") ?? "")) return false;
  return !/(?:^|,)\s*(?:\*|cookie|authorization)\s*(?:,|$)/i.test(headers.get("vary") ?? "");
}

function shorter(a: number | false, b: number | false): number | false {
  return a === false ? b : b === false ? a : Math.min(a, b);
}

// A user's tags cannot name a path, a route or a layout: each kind has its own prefix.
function storeTags(match: Match, path: string, tags: readonly string[]): string[] {
  return ["path:" + path, "route:" + match.route.id, ...tags.map((tag) => "t:" + tag)];
}
