// A request as the runtime receives it, from a Web Request or from Node's server. What a page may never
// ask for (a `Request` object, its headers, its body) is made only when it is asked for.

/** A received request. */
export interface Incoming {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly ip: string;
  /** Aborts when the client leaves before the response has ended (SSR-2). */
  readonly signal: AbortSignal;
  /** Tells that the client has left, where only the response's stream knows. */
  leave?(): void;
  header(name: string): string | null;
  /** All headers that came from outside, internal ones left out. */
  headers(): Headers;
  /** The body, or null; it fails with `BodyTooLarge` past `limit` bytes. */
  body(limit: number, onOverflow: () => void): ReadableStream<Uint8Array> | null;
}

/** Headers that only this runtime may set; from outside they are dropped (case 13). */
export const INTERNAL_HEADER = /^x-velox-/i;

/** The body of a request is longer than the configured limit. */
export class BodyTooLarge extends Error {
  constructor(limit: number) {
    super(`the request body is longer than ${limit} bytes`);
    this.name = "BodyTooLarge";
  }
}

/** A Web Request as a received request. */
export function fromRequest(request: Request, ip: string): Incoming {
  const url = new URL(request.url);
  let left: AbortController | null = null;
  let signal: AbortSignal | null = null;
  return {
    method: request.method,
    target: url.pathname + url.search,
    scheme: url.protocol === "https:" ? "https" : "http",
    ip,
    get signal() {
      if (signal === null) {
        left ??= new AbortController();
        signal = AbortSignal.any([request.signal, left.signal]);
      }
      return signal;
    },
    leave() {
      (left ??= new AbortController()).abort(new DOMException("the client has left", "AbortError"));
    },
    header: (name) => request.headers.get(name) ?? (name === "host" ? url.host : null),
    headers() {
      const headers = new Headers(request.headers);
      for (const name of [...headers.keys()]) if (INTERNAL_HEADER.test(name)) headers.delete(name);
      return headers;
    },
    body(limit, onOverflow) {
      return request.body === null ? null : limitBody(request.body, limit, onOverflow);
    },
  };
}

/** A stream that fails once more than `limit` bytes have come. */
export function limitBody(
  body: ReadableStream<Uint8Array>,
  limit: number,
  onOverflow: () => void,
): ReadableStream<Uint8Array> {
  let seen = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength;
        if (seen > limit) {
          onOverflow();
          throw new BodyTooLarge(limit);
        }
        controller.enqueue(chunk);
      },
    }),
  );
}
