// Fetches the HTML of a page and makes a document of it, without touching the one that is shown. A page that streams
// is given as soon as its shell is there; what follows is parsed into it while it comes.
// Refuses what is no page of this site: the caller then leaves navigation to the browser.

import { ownNonce } from "./scripts.js";

/** A page that has been fetched. */
export interface Arrival {
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly document: Document;
  /** Whether parts of it stand behind its end, and come into their places when it is shown. */
  readonly late: boolean;
  /** The nonce that its policy lets scripts through by; null where that names none. */
  readonly nonce: string | null;
  /** Parses what is still to come; null where all of it is there. */
  readonly rest: (() => Promise<void>) | null;
}

/** What cannot be shown in place: a download, another site, a broken connection. */
export class NotAPage extends Error {}

/** A page that is being fetched. */
interface Coming {
  readonly url: URL;
  readonly nonce: string | null;
  /** What has come of it. */
  text: string;
  done: boolean;
  /** There when more has come; fails where the connection breaks. */
  more: Promise<void>;
  /** Lets go of the connection. */
  end(): void;
}

async function ask(url: URL, signal: AbortSignal | null, priority: RequestPriority): Promise<Coming> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end, { once: true });
  const response = await fetch(url, { headers: { accept: "text/html", "velox-navigation": "1" }, signal: stop.signal, priority });
  const type = response.headers.get("content-type") ?? "";
  const there = new URL(response.url);
  there.hash = url.hash;
  if (!/^text\/html\b/i.test(type) || response.headers.has("content-disposition") || response.body === null || there.origin !== location.origin) {
    void response.body?.cancel();
    throw new NotAPage(`${url.href} is no page that can be shown in place`);
  }
  // Chromium takes a body that is read in pieces for a request that was given up, even where all of it has been read; not so where
  // somebody reads it whole.
  response.clone().text().catch(nothing);
  // The types of streams disagree about what a buffer is.
  const decoder = new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>;
  const body = response.body.pipeThrough(decoder).getReader();
  const [, nonce = null] = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "") ?? [];
  const page: Coming = { url: there, nonce, text: "", done: false, more: Promise.resolve(), end };
  // It is read whether anybody waits for it or not.
  const read = (): void => {
    page.more = body.read().then(({ done, value }) => {
      page.text += value ?? "";
      page.done = done;
      if (!done) read();
    });
    page.more.catch(nothing);
  };
  read();
  return page;
}

function nothing(): void {}

const LIFE = 30_000; // milliseconds that a page is kept which was fetched early
const ROOM = 24; // pages
const early = new Map<string, { readonly page: Promise<Coming>; readonly until: number }>();

const keyOf = (url: URL): string => url.origin + url.pathname + url.search;

/** Fetches a page before anybody goes there; the promise is there when it begins to come. */
export async function fetchEarly(url: URL): Promise<void> {
  const key = keyOf(url);
  const now = Date.now();
  for (const [old, { until }] of early) if (until < now || early.size >= ROOM) early.delete(old);
  if (early.has(key)) return;
  const page = ask(url, null, "low");
  early.set(key, { page, until: now + LIFE });
  // Whoever goes there tries again.
  await page.then(undefined, () => early.delete(key));
}

/** Forgets what was fetched early: the site has changed. */
export function forgetEarly(): void {
  early.clear();
}

// The comment before a fallback.
const PENDING = /<!--\[[\w-]+-->/;
const PAUSE = 40; // milliseconds without anything new that end the shell

/** Fetches a page, or takes what has come of one that is fetched already. */
export async function arrive(url: URL, signal: AbortSignal): Promise<Arrival> {
  const kept = early.get(keyOf(url));
  early.delete(keyOf(url));
  let page = kept !== undefined && kept.until >= Date.now() ? await kept.page.catch(() => null) : null;
  if (page !== null) page.url.hash = url.hash;
  page ??= await ask(url, signal, "high");
  signal.addEventListener("abort", page.end, { once: true });
  for (;;) {
    const late = PENDING.test(page.text);
    if (page.done) {
      const made = new DOMParser().parseFromString(page.text, "text/html");
      return { url: page.url, document: made, late, nonce: page.nonce, rest: null };
    }
    if (late) {
      const pause = new Promise<true>((resolve) => setTimeout(resolve, PAUSE, true));
      if (await Promise.race([page.more, pause])) return streamed(page);
    } else await page.more;
    signal.throwIfAborted();
  }
}

function streamed(page: Coming): Arrival {
  const made = document.implementation.createHTMLDocument();
  let written = 0;
  let nonce = page.nonce;
  const write = (): void => {
    // No tag is cut in two.
    const end = page.done ? page.text.length : page.text.lastIndexOf(">") + 1;
    const more = page.text.slice(written, Math.max(written, end));
    written += more.length;
    made.write(nonce === null || nonce === page.nonce ? more : more.replaceAll(`nonce="${page.nonce}"`, `nonce="${nonce}"`));
  };
  made.open();
  write();
  const rest = async (): Promise<void> => {
    // What is parsed from here on stands in the document that is shown, and runs there at once.
    if (nonce !== null) nonce = ownNonce() || null;
    // The parser goes on where it is, also when its elements stand in another document by now.
    for (;;) {
      // Some of it, or all, may have come while the shell was brought into the document.
      write();
      if (page.done) break;
      await page.more;
    }
    made.close();
  };
  return { url: page.url, document: made, late: true, nonce, rest };
}
