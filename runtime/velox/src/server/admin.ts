// The cache from outside, for webhooks and tools that are no part of the application: `POST /_velox/cache` with a JSON
// body and `Authorization: Bearer <secret>`. It is there only where VELOX_CACHE_SECRET is set. Refuses any other
// method, tells no right secret from a wrong one by time, and takes few tries.

import { createHash, timingSafeEqual } from "node:crypto";
import { ALL, checkTag, userTag } from "../cache/tags.js";
import type { Incoming } from "./incoming.js";
import { textReply, type Reply } from "./reply.js";
import { checkMode, tagsOfPath } from "./revalidate.js";
import type { Runtime } from "./runtime.js";

/** Where the endpoint is, below the base of the site. */
export const ADMIN_PATH = "/_velox/cache";
/** Shortest secret that opens it, in bytes. */
export const SHORTEST_SECRET = 16;

const BODY_LIMIT = 64 * 1024;
const PERIOD = 60_000;
/** Requests per address in a period; and wrong secrets of all addresses together. */
const REQUESTS = 120;
const WRONG = 20;
const ADDRESSES = 10_000;

interface Order {
  readonly paths?: unknown;
  readonly tags?: unknown;
  readonly all?: unknown;
  readonly mode?: unknown;
  readonly stats?: unknown;
}

/** The endpoint of one application. */
export class CacheAdmin {
  readonly #runtime: Runtime;
  readonly #secret: Buffer;
  readonly #clock: () => number;
  #requests = new Map<string, number>();
  #wrong = 0;
  #since = 0;

  constructor(runtime: Runtime, secret: string, clock: () => number = Date.now) {
    if (Buffer.byteLength(secret) < SHORTEST_SECRET) throw new TypeError(`VELOX_CACHE_SECRET has fewer than ${SHORTEST_SECRET} bytes`);
    this.#runtime = runtime;
    this.#secret = digest(secret);
    this.#clock = clock;
  }

  /** Answers a request for the endpoint. */
  async answer(incoming: Incoming): Promise<Reply> {
    if (incoming.method !== "POST") return textReply(405, "Method Not Allowed", [["allow", "POST"]]);
    const ip = this.#runtime.hosts.clientIp(incoming);
    if (this.#isTooMany(ip)) return textReply(429, "Too Many Requests", [["retry-after", "60"]]);
    const given = /^Bearer (.+)$/.exec(incoming.header("authorization") ?? "")?.[1] ?? "";
    // Of equal length whatever was sent.
    if (!timingSafeEqual(digest(given), this.#secret)) {
      this.#wrong++;
      return textReply(401, "Unauthorized", [["www-authenticate", "Bearer"]]);
    }
    let order: Order;
    try {
      order = (await readJson(incoming)) as Order;
      if (typeof order !== "object" || order === null) throw new TypeError("the body is no object");
      return json(200, await this.#carryOut(order));
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return json(400, { error: error.message });
      // The store did not take it (INV-3).
      return json(503, { error: (error as Error).message });
    }
  }

  async #carryOut(order: Order): Promise<object> {
    if (order.stats === true) return this.#runtime.store.stats();
    const tags = [
      ...listOf(order.paths, "paths").flatMap((path) => tagsOfPath(this.#runtime.app, path, "path")),
      ...listOf(order.tags, "tags").map((tag) => userTag(checkTag(tag))),
      ...(order.all === true ? [ALL] : []),
    ];
    if (tags.length === 0) throw new TypeError("the body names nothing: give `paths`, `tags`, `all` or `stats`");
    await this.#runtime.invalidate(tags, checkMode(order.mode));
    return { invalidated: tags.length };
  }

  #isTooMany(ip: string): boolean {
    const now = this.#clock();
    if (now - this.#since >= PERIOD || this.#requests.size > ADDRESSES) {
      this.#since = now;
      this.#requests = new Map();
      this.#wrong = 0;
    }
    const count = (this.#requests.get(ip) ?? 0) + 1;
    this.#requests.set(ip, count);
    return count > REQUESTS || this.#wrong >= WRONG;
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function listOf(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) throw new TypeError(`\`${name}\` is no array of strings`);
  return value as string[];
}

async function readJson(incoming: Incoming): Promise<unknown> {
  const body = incoming.body(BODY_LIMIT, () => {});
  if (body === null) throw new SyntaxError("the body is missing");
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  } catch {
    throw new RangeError(`the body is longer than ${BODY_LIMIT} bytes`);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}

function json(status: number, value: object): Reply {
  return { status, headers: [["content-type", "application/json; charset=utf-8"], ["cache-control", "no-store"]], body: JSON.stringify(value) };
}
