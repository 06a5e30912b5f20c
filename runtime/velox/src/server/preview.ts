// Preview (ISR-18): who has a signed cookie that has not expired is given pages that are made for him, from data that no
// cache has seen, and nothing of them is kept. The signature says what it is for, so that nothing else that is signed
// with the same secret, and no preview of another site, can stand for it. Refuses to take the word of a header.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { requestScope, scopeOrNone } from "../render/scope.js";
import { parseCookies, type CookieOptions } from "./cookies.js";

/** The cookie of a preview. */
export const PREVIEW_COOKIE = "velox-preview";
/** Shortest secret that signs it, in bytes. */
export const SHORTEST_PREVIEW_SECRET = 32;

const HOUR = 3600;
const LONGEST = 7 * 24 * HOUR;
const TOKEN = /^(\d{10,12})\.([\w-]{22})\.([\w-]{43})$/;

/** How a preview is turned on. */
export interface PreviewOptions {
  /** Seconds until it ends by itself, a week at most; an hour unless said otherwise. */
  readonly maxAge?: number;
  /** `none` where an editor shows the site in a frame of its own; `lax` unless said otherwise. */
  readonly sameSite?: CookieOptions["sameSite"];
}

/** Signs and reads the cookies of one application. */
export class Previews {
  readonly #app: string;
  readonly #secret: string;
  readonly #clock: () => number;

  constructor(app: string, secret: string, clock: () => number = () => Date.now()) {
    if (Buffer.byteLength(secret) < SHORTEST_PREVIEW_SECRET) throw new TypeError(`VELOX_PREVIEW_SECRET has fewer than ${SHORTEST_PREVIEW_SECRET} bytes`);
    this.#app = app;
    this.#secret = secret;
    this.#clock = clock;
  }

  /** The value of a cookie that is good for so many seconds. */
  sign(seconds: number): string {
    const until = String(Math.floor(this.#clock() / 1000) + seconds);
    const nonce = randomBytes(16).toString("base64url");
    return `${until}.${nonce}.${this.#signature(until, nonce).toString("base64url")}`;
  }

  /** True where a `Cookie` header has a preview that was signed here and has not ended. */
  isOn(header: string | null): boolean {
    if (header === null || !header.includes(PREVIEW_COOKIE)) return false;
    const [, until, nonce, signature] = TOKEN.exec(parseCookies(header).get(PREVIEW_COOKIE) ?? "") ?? [];
    if (until === undefined || Number(until) * 1000 <= this.#clock()) return false;
    return timingSafeEqual(Buffer.from(signature!, "base64url"), this.#signature(until, nonce!));
  }

  #signature(until: string, nonce: string): Buffer {
    return createHmac("sha256", this.#secret).update(`${PREVIEW_COOKIE}\0${this.#app}\0${until}\0${nonce}`).digest();
  }
}

/**
 * Lets the visitor see pages as they would be made now: sets a signed cookie that ends by itself. For an endpoint that
 * has made sure who asks. Needs `VELOX_PREVIEW_SECRET`.
 */
export function enablePreview({ maxAge = HOUR, sameSite = "lax" }: PreviewOptions = {}): void {
  const { runtime, cookies } = answering("enablePreview");
  if (!Number.isInteger(maxAge) || maxAge < 1 || maxAge > LONGEST) {
    throw new RangeError(`enablePreview: maxAge is a whole number of seconds from 1 to ${LONGEST}, not ${String(maxAge)}`);
  }
  if (runtime.previews === null) {
    throw new Error(`enablePreview: the environment has no VELOX_PREVIEW_SECRET; make one of ${SHORTEST_PREVIEW_SECRET} bytes or more with \`openssl rand -hex 32\``);
  }
  cookies.set(PREVIEW_COOKIE, runtime.previews.sign(maxAge), { maxAge, sameSite });
}

/** Ends the visitor's preview. */
export function disablePreview(): void {
  answering("disablePreview").cookies.delete(PREVIEW_COOKIE);
}

/** True where the visitor previews the site. A page that is kept for everybody is made with `false`. */
export function usePreview(): boolean {
  return requestScope("usePreview()").request.preview;
}

function answering(name: string) {
  const scope = requestScope(`${name}()`);
  if (scope.render !== null) throw new Error(`${name} was called while a page is being rendered; call it in an endpoint`);
  return scope.request;
}

/** True where what runs now is made for a visitor who previews the site. */
export function isPreviewed(): boolean {
  return scopeOrNone()?.request?.preview === true;
}
