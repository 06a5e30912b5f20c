// A response before it is one: pages are answered without making a `Response` where nobody asks for it.

/** Status, headers and body of an answer. */
export interface Reply {
  readonly status: number;
  headers: [name: string, value: string][];
  body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  /** True where the connection must not be used again. */
  close?: boolean;
}

/** An answer that was made before: its lists and bytes are shared, and nobody changes them. */
export interface ReadyReply {
  readonly status: number;
  /** Names and values in turn, with the length of the body. */
  readonly head: readonly string[];
  readonly body: Uint8Array | null;
}

/** An answer of these headers for as often as it is asked for. */
export function readyReply(status: number, headers: readonly (readonly [string, string])[], body: Uint8Array | null): ReadyReply {
  const head = headers.flat();
  if (body !== null) head.push("content-length", String(body.byteLength));
  return { status, head, body };
}

/** What the runtime answers with. */
export type Answer = Reply | Response;

/** Headers of a page made for one request (SSR-6). */
export const PRIVATE = "private, no-cache, no-store, max-age=0, must-revalidate";
/** Type of every page. */
export const HTML_TYPE = "text/html; charset=utf-8";

/** A page. */
export function htmlReply(status: number, html: string, cacheControl: string): Reply {
  return { status, headers: [["content-type", HTML_TYPE], ["cache-control", cacheControl]], body: html };
}

/** A short plain answer that no cache keeps. */
export function textReply(status: number, body: string, more: [string, string][] = []): Reply {
  return {
    status,
    headers: [["content-type", "text/plain; charset=utf-8"], ["cache-control", "no-store"], ...more],
    body,
  };
}

/** A redirect to a path of this site. */
export function redirectReply(status: number, location: string, cacheControl: string): Reply {
  return { status, headers: [["location", location], ["cache-control", cacheControl]], body: null };
}

// What streams were made of, so that an answer that went through middleware has a length, and is not read
// piece by piece. By stream, since middleware may put it into a response of its own.
const wholes = new WeakMap<ReadableStream<Uint8Array>, string | Uint8Array>();

/** Remembers what a response was made of. */
export function keepWhole(response: Response, body: string | Uint8Array): Response {
  if (response.body !== null) wholes.set(response.body, body);
  return response;
}

/** The body of a response where it is known and nobody has begun to read it. */
export function wholeBody(response: Response): string | Uint8Array | null {
  return response.body === null || response.bodyUsed ? null : (wholes.get(response.body) ?? null);
}

/** A reply as a standard response. */
export function toResponse(answer: Answer): Response {
  if (answer instanceof Response) return answer;
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
  const response = new Response(empty ? null : (answer.body as BodyInit | null), { status: answer.status, headers });
  return typeof answer.body === "string" || answer.body instanceof Uint8Array ? keepWhole(response, answer.body) : response;
}

/** Status, cookies and caching of an answer brought in order (SSR-6); without its body for HEAD (SSR-7). */
export function settleAnswer(answer: Answer, cookies: readonly string[], head: boolean): Answer {
  if (answer instanceof Response) return settleResponse(answer, cookies, head);
  for (const cookie of cookies) answer.headers.push(["set-cookie", cookie]);
  if (answer.headers.some(([name]) => name.toLowerCase() === "set-cookie")) {
    answer.headers = answer.headers.map(([name, value]) =>
      name.toLowerCase() === "cache-control" && isPublic(value) ? [name, PRIVATE] : [name, value],
    );
  }
  if (head && answer.body !== null) {
    if (typeof answer.body === "string") {
      answer.headers.push(["content-length", String(Buffer.byteLength(answer.body))]);
    } else if (answer.body instanceof Uint8Array) {
      answer.headers.push(["content-length", String(answer.body.byteLength)]);
    } else {
      answer.body.cancel().catch(() => {});
    }
    answer.body = null;
  }
  return answer;
}

function settleResponse(answer: Response, cookies: readonly string[], head: boolean): Response {
  const shared = answer.headers.get("cache-control");
  const cookied = cookies.length > 0 || answer.headers.has("set-cookie");
  const tooPublic = cookied && shared !== null && isPublic(shared);
  if (cookies.length === 0 && !tooPublic && !head) return answer;
  const headers = new Headers(answer.headers);
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  if (tooPublic) headers.set("cache-control", PRIVATE);
  if (head) {
    const whole = wholeBody(answer);
    if (whole !== null && !headers.has("content-length")) headers.set("content-length", String(Buffer.byteLength(whole)));
    answer.body?.cancel().catch(() => {});
  }
  return new Response(head ? null : answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

/** An answer that no cache may keep, whatever it said. */
export function toPrivate(answer: Answer): Answer {
  if (!(answer instanceof Response)) {
    answer.headers = [...answer.headers.filter(([name]) => name.toLowerCase() !== "cache-control"), ["cache-control", PRIVATE]];
    return answer;
  }
  const headers = new Headers(answer.headers);
  headers.set("cache-control", PRIVATE);
  const whole = wholeBody(answer);
  const changed = new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
  return whole === null ? changed : keepWhole(changed, whole);
}

function isPublic(cacheControl: string): boolean {
  return /(?:^|[\s,])(?:public|s-maxage)(?=$|[\s,=])/i.test(cacheControl);
}
