// What becomes of a rendered page: an entry, and whether it may be kept (ISR-4 to ISR-6). Refuses to keep what is
// meant for one caller, what is empty, and what tells of a failure.

import { NO_BODY } from "../cache/entry.js";
import type { Entry } from "../cache/store.js";
import { pageTags } from "../cache/tags.js";
import { shorter } from "../render/data-use.js";
import { isHttpError, isRedirect } from "./control-flow.js";
import { etagOf } from "./etag.js";
import type { RenderedPage } from "./page.js";
import { HTML_TYPE } from "./reply.js";
import type { Match } from "./router.js";

/** A page that was made. */
export interface MadePage {
  readonly entry: Entry;
  /** Why it is kept nowhere and is for this caller alone; null where it may be kept. */
  readonly refused: string | null;
}

const KEPT_STATUS: ReadonlySet<number> = new Set([200, 301, 308, 404, 410]);
/** Longest lifetime of a page that does not exist (ISR-4). */
const MISSING_SECONDS = 60;

/** The entry of what a rendering gave, or of what ended it; throws on what is a failure. */
export async function makeEntry(match: Match, path: string, renderStart: number, render: () => Promise<RenderedPage | Response>): Promise<MadePage> {
  const limit = match.route.revalidate ?? false;
  const base = { renderStart, headers: [], etag: "", body: NO_BODY, tags: pageTags(match.route, path, []) };
  try {
    const out = await render();
    const page = out instanceof Response ? await fromResponse(out) : out;
    // ISR-4: what the server could not make takes no place.
    if (page.status >= 500) throw new FailedPage(page.status);
    const headers: [string, string][] = [["content-type", HTML_TYPE]];
    page.headers?.forEach((value, name) => {
      if (name === "content-type") headers[0]![1] = value;
      else if (name !== "content-length") headers.push([name, value]);
    });
    const body = typeof page.html === "string" ? Buffer.from(page.html) : page.html;
    const entry: Entry = {
      ...base, body, status: page.status, headers, etag: body.byteLength === 0 ? "" : etagOf(body),
      tags: pageTags(match.route, path, page.tags), revalidate: shorter(limit, page.revalidate),
    };
    return { entry, refused: refusal(entry, page.headers) };
  } catch (error) {
    if (isRedirect(error)) {
      const headers: [string, string][] = [["location", error.location]];
      error.headers.forEach((value, name) => headers.push([name, value]));
      const entry: Entry = { ...base, status: error.status, headers, revalidate: limit };
      return { entry, refused: refusal(entry, error.headers) };
    }
    if (isHttpError(error) && (error.status === 404 || error.status === 410)) {
      // The body is the error page of each request; what is kept is that there is no page.
      return { entry: { ...base, status: error.status, revalidate: shorter(limit, MISSING_SECONDS) }, refused: null };
    }
    throw error;
  }
}

/** The page answered with a status of 500 or more. */
export class FailedPage extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the page answered with status ${status}`);
    this.name = "FailedPage";
    this.status = status;
  }
}

function refusal(entry: Entry, headers: Headers | null): string | null {
  if (!KEPT_STATUS.has(entry.status)) return `it has status ${entry.status}`;
  if (entry.status === 200 && entry.body.byteLength === 0) return "it is empty";
  if (headers === null) return null;
  if (headers.has("set-cookie")) return "it sets a cookie";
  const control = /(?:^|[\s,])(private|no-store)(?=$|[\s,=])/i.exec(headers.get("cache-control") ?? "");
  if (control !== null) return `its cache-control says ${control[1]}`;
  const vary = /(?:^|,)\s*(\*|cookie|authorization)\s*(?:,|$)/i.exec(headers.get("vary") ?? "");
  return vary === null ? null : `it varies by ${vary[1]}`;
}

async function fromResponse(response: Response): Promise<Omit<RenderedPage, "html"> & { readonly html: string | Uint8Array }> {
  const html = Buffer.from(await response.arrayBuffer());
  return { html, status: response.status, headers: response.headers, tags: [], revalidate: false };
}
