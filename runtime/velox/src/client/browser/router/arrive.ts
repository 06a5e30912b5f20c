// Fetches the HTML of a page and makes a document of it, without touching the one that is shown. A page that streams
// is given as soon as its shell is there; what follows is parsed into it while it comes.
// Refuses what is no page of this site: the caller then leaves navigation to the browser.

/** A page that has been fetched. */
export interface Arrival {
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly document: Document;
  /** Parses what is still to come; null where all of it is there. */
  readonly rest: (() => Promise<void>) | null;
}

/** What cannot be shown in place: a download, another site, a broken connection. */
export class NotAPage extends Error {}

interface Fetched {
  readonly url: URL;
  readonly body: ReadableStreamDefaultReader<string>;
}

async function ask(url: URL, signal: AbortSignal | null, priority: RequestPriority): Promise<Fetched> {
  const headers: Record<string, string> = { accept: "text/html" };
  // What is fetched early is kept as text: in the order of the document.
  if (signal !== null) headers["velox-navigation"] = "1";
  const response = await fetch(url, { headers, signal, priority });
  const type = response.headers.get("content-type") ?? "";
  const there = new URL(response.url);
  there.hash = url.hash;
  if (!/^text\/html\b/i.test(type) || response.headers.has("content-disposition") || response.body === null || there.origin !== location.origin) {
    void response.body?.cancel();
    throw new NotAPage(`${url.href} is no page that can be shown in place`);
  }
  // The types of streams disagree about what a buffer is.
  const decoder = new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>;
  return { url: there, body: response.body.pipeThrough(decoder).getReader() };
}

async function readAll(body: ReadableStreamDefaultReader<string>, text = ""): Promise<string> {
  for (;;) {
    const { done, value } = await body.read();
    if (done) return text;
    text += value;
  }
}

interface Early {
  readonly url: URL;
  readonly text: string;
}

const LIFE = 30_000; // milliseconds that a page is kept which was fetched early
const ROOM = 24; // pages
const early = new Map<string, { readonly page: Promise<Early>; readonly until: number }>();

const keyOf = (url: URL): string => url.origin + url.pathname + url.search;

/** Fetches a page before anybody goes there. */
export async function fetchEarly(url: URL): Promise<void> {
  const key = keyOf(url);
  const now = Date.now();
  for (const [old, { until }] of early) if (until < now || early.size >= ROOM) early.delete(old);
  if (early.has(key)) return;
  const page = ask(url, null, "low").then(async (fetched) => ({ url: fetched.url, text: await readAll(fetched.body) }));
  early.set(key, { page, until: now + LIFE });
  // Whoever goes there tries again.
  await page.then(undefined, () => early.delete(key));
}

/** Forgets what was fetched early: the site has changed. */
export function forgetEarly(): void {
  early.clear();
}

function parsed(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html");
}

// The comment before a fallback.
const PENDING = /<!--\[[\w-]+-->/;
const PAUSE = 40; // milliseconds without anything new that end the shell

/** Fetches a page. */
export async function arrive(url: URL, signal: AbortSignal): Promise<Arrival> {
  const kept = early.get(keyOf(url));
  early.delete(keyOf(url));
  if (kept !== undefined && kept.until >= Date.now()) {
    const page = await kept.page.catch(() => null);
    if (page !== null) {
      page.url.hash = url.hash;
      return { url: page.url, document: parsed(page.text), rest: null };
    }
  }
  const { url: there, body } = await ask(url, signal, "high");
  let text = "";
  for (;;) {
    const next = body.read();
    if (PENDING.test(text)) {
      const pause = new Promise<null>((resolve) => setTimeout(resolve, PAUSE, null));
      if ((await Promise.race([next, pause])) === null) return streamed(there, text, next, body);
    }
    const { done, value } = await next;
    if (done) return { url: there, document: parsed(text), rest: null };
    text += value;
  }
}

function streamed(
  url: URL,
  shell: string,
  next: Promise<ReadableStreamReadResult<string>>,
  body: ReadableStreamDefaultReader<string>,
): Arrival {
  const made = document.implementation.createHTMLDocument();
  made.open();
  made.write(shell);
  const rest = async (): Promise<void> => {
    // The parser goes on where it is, also when its elements stand in another document by now.
    for (let part = await next; !part.done; part = await body.read()) made.write(part.value);
    made.close();
  };
  return { url, document: made, rest };
}
