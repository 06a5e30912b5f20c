// Which fetches are kept (FET-6), under what key, and how a response becomes an entry and an entry a response.
// Refuses what was asked for in somebody's name, unless a `cacheKey` says that the answer is everybody's.

import type { Keys } from "../cache/keys.js";
import type { Entry, Key } from "../cache/store.js";
import type { LoadResult } from "./data-cache.js";
import { describeResponse } from "./fetch-memo.js";

/** Longest body that is kept, in bytes. */
export const KEPT_BODY_LIMIT = 8 * 1024 * 1024;

/** What of a fetch decides whether and under what key it is kept. */
export interface KeptCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly cache: RequestCache | undefined;
  readonly next: { readonly tags?: readonly string[]; readonly revalidate?: number | false; readonly cacheKey?: string } | undefined;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);
const NOT_KEPT: ReadonlySet<string> = new Set(["set-cookie", "content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive", "x-velox-cache", "age"]);
const URL_HEADER = "x-velox-url";

/** The key under which the answer is kept; null where it is kept nowhere. */
export async function keyOfCall(keys: Keys, call: KeptCall): Promise<Key | null> {
  const { next, cache, headers, method } = call;
  const asked = next?.revalidate !== undefined || (next?.tags?.length ?? 0) > 0 || cache === "force-cache";
  if (!asked || cache === "no-store" || cache === "reload" || cache === "no-cache" || !METHODS.has(method)) return null;
  if (next?.cacheKey === undefined && (headers.has("authorization") || headers.has("cookie"))) return null;
  const body = await bytesOf(call.body);
  if (body === null) return null;
  const url = new URL(call.url);
  url.hash = "";
  const sent: string[] = [];
  // In the name of nobody: the key says what the answer depends on.
  headers.forEach((value, name) => {
    if (next?.cacheKey === undefined || (name !== "authorization" && name !== "cookie")) sent.push(`${name}: ${value}`);
  });
  // Tags are a part of it: an answer that was kept under others would outlive an invalidation of these.
  return keys.data("fetch", method, url.href, sent.sort().join("\n"), body, next?.cacheKey ?? "", JSON.stringify([...(next?.tags ?? [])].sort()));
}

// What can be read twice; a stream or a form with a random boundary is sent each time.
async function bytesOf(body: BodyInit | null): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof URLSearchParams) return Buffer.from(body.toString());
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : null;
}

/** A response as data to keep, or as it is. */
export async function toLoaded(response: Response): Promise<LoadResult<Response>> {
  if (response.status !== 200 || response.headers.has("set-cookie")) return { pass: response };
  const read = await readBody(response);
  if (read instanceof Response) return { pass: describeResponse(read, response.url, response.redirected) };
  const headers: [string, string][] = [];
  response.headers.forEach((value, name) => {
    if (!NOT_KEPT.has(name)) headers.push([name, value]);
  });
  headers.push([URL_HEADER, JSON.stringify([response.url, response.redirected])]);
  return { keep: { body: read, headers, status: 200 } };
}

// All bytes, or, where there are too many, a response that gives what was read and then the rest.
async function readBody(response: Response): Promise<Uint8Array | Response> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
    size += value.byteLength;
    if (size > KEPT_BODY_LIMIT) break;
  }
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(rest, { status: response.status, statusText: response.statusText, headers: response.headers });
}

/** A kept response for one caller. */
export function fromEntry(entry: Entry): Response {
  const headers = new Headers();
  let url = "";
  let redirected = false;
  for (const [name, value] of entry.headers) {
    if (name === URL_HEADER) [url, redirected] = JSON.parse(value) as [string, boolean];
    else headers.append(name, value);
  }
  return describeResponse(new Response(entry.body as Uint8Array<ArrayBuffer>, { status: entry.status, headers }), url, redirected);
}
