// The store that several servers share (runtime.md 4.3): Redis or Valkey behind the memory of each process. A hit asks
// nobody: the times of tags come by a stream. Where the server goes away, is slow or has lost everything, pages are
// served from memory and rendered here, and only invalidations fail.

import { createHash, randomBytes } from "node:crypto";
import { decodeEntry, encodeEntry, readHead } from "../codec.js";
import { EntryLru, isMissing } from "../lru.js";
import { listed, LocalLeases } from "../memory.js";
import {
  warnToConsole, type CacheStore, type Entry, type Failure, type Found, type GetOptions, type Health, type InvalidationListener,
  type InvalidationMode, type Key, type Lease, type Listed, type Stats, type StoreSettings,
} from "../store.js";
import { TagTimes, unlessExpired } from "../tags.js";
import { NO_BODY } from "../entry.js";
import { Follower } from "./follower.js";
import { shownAddress } from "./address.js";
import { isRefusal, Link, type Answer, type LinkSettings } from "./link.js";
import { INVALIDATE, RELEASE, RENEW, STORE } from "./scripts.js";

/** Settings of the store. */
export interface RedisStoreSettings extends StoreSettings, Omit<LinkSettings, "warn"> {
  /** Begins every key, as keys have it. */
  readonly prefix: string;
  /** About how many invalidations the stream holds; 100,000 unless said otherwise. */
  readonly streamLength?: number;
  /** Milliseconds that the store's time is ahead of the server's; for tests. */
  readonly shift?: () => number;
}

const DAY = 24 * 60 * 60 * 1000;
/** How long an entry is kept beyond its time. */
const STALE_WINDOW = 30 * DAY;
const LARGEST = 8 * 1024 * 1024;
const REMEMBERED_TAGS = 100_000;
const HEAD_BYTES = 8192;

/** Keeps entries in Redis. */
export class RedisStore implements CacheStore {
  readonly kind = "redis";
  readonly #settings: RedisStoreSettings;
  readonly #warn: (message: string) => void;
  readonly #lru: EntryLru;
  readonly #tags = new TagTimes();
  readonly #localLeases: LocalLeases;
  readonly #listeners = new Set<InvalidationListener>();
  readonly #reads = new Map<Key, Promise<Entry | null>>();
  readonly #own = new Set<string>();
  #link!: Link;
  #follower!: Follower;
  /** What has to be added to this machine's clock to have the server's. */
  #offset = 0;
  #latest = 0;
  #broken = 0;
  #refused = false;

  private constructor(settings: RedisStoreSettings) {
    this.#settings = settings;
    this.#warn = settings.warn ?? warnToConsole;
    this.#lru = new EntryLru(settings.memoryBytes);
    this.#localLeases = new LocalLeases(() => this.clock());
  }

  /** Opens the connections. Where the server is not there, the store is, and works from memory until it comes. */
  static async open(settings: RedisStoreSettings): Promise<RedisStore> {
    const store = new RedisStore(settings);
    const link = { ...settings, warn: store.#warn };
    store.#link = await Link.open(link, () => void store.#begin());
    await store.#begin();
    store.#follower = await Follower.open(link, store.#name("inv"), {
      invalidated: (id, tags, mode, time) => store.#invalidated(tags, mode, time, store.#own.delete(id)),
      missed: () => void store.#lru.clear(),
    });
    return store;
  }

  // With each new connection: another server may stand behind the address now.
  async #begin(): Promise<void> {
    if (this.#link === undefined) return;
    await this.now();
    await this.#checkPolicy().catch(() => {});
  }

  // A server that drops any key drops tags too, and with them what keeps old pages from coming back.
  async #checkPolicy(): Promise<void> {
    const info = String(await this.#link.command("INFO", "memory"));
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? "";
    const refused = policy.startsWith("allkeys-");
    if (refused && !this.#refused) {
      this.#warn(
        `the cache at ${shownAddress(this.#settings.url)} is NOT used: its maxmemory-policy is ${policy}, which drops invalidations ` +
          "and lets old pages come back; set it to noeviction or to a volatile one, such as volatile-lru",
      );
    }
    this.#refused = refused;
  }

  #name(...parts: string[]): string {
    return [this.#settings.prefix, ...parts].join(":");
  }

  #tagKey(tag: string): string {
    return this.#name("tag", createHash("sha1").update(tag).digest("hex"));
  }

  get #isUsed(): boolean {
    return !this.#refused && this.#link.isUp;
  }

  clock(): number {
    return (this.#settings.clock ?? Date.now)() + this.#offset + this.#shift;
  }

  get #shift(): number {
    return this.#settings.shift?.() ?? 0;
  }

  async now(): Promise<number> {
    const own = this.#settings.clock ?? Date.now;
    const asked = own();
    try {
      const [seconds, micros] = (await this.#link.command("TIME")) as [Buffer, Buffer];
      const time = Number(seconds) * 1000 + Number(micros) / 1000;
      // The server looked at its clock between question and answer.
      this.#offset = time - (asked + own()) / 2;
      return Math.max(time + this.#shift, this.#latest + 0.001);
    } catch {
      return Math.max(this.clock(), this.#latest + 0.001);
    }
  }

  async get(key: Key, options: GetOptions = {}): Promise<Found | null> {
    if (options.fresh !== true) {
      // While the stream is away, the times of tags are asked for.
      if (this.#isBehind) await this.#readTags(this.#lru.get(key)?.tags ?? []).catch(() => {});
      const held = unlessExpired(this.#lru.get(key), this.#tags);
      if (held !== null) return held;
    }
    const entry = (await this.#load(key)) ?? this.#lru.get(key);
    return entry === undefined ? null : this.#tags.judge(entry);
  }

  peek(key: Key): Found | null {
    return this.#isBehind ? null : unlessExpired(this.#lru.get(key), this.#tags);
  }

  // Something may have been invalidated that this process has not heard of, and can ask for.
  get #isBehind(): boolean {
    return !this.#follower.isLive && this.#isUsed;
  }

  async #load(key: Key): Promise<Entry | undefined> {
    if (!this.#isUsed) return undefined;
    let reading = this.#reads.get(key);
    if (reading === undefined) {
      reading = this.#read(key).catch(() => null).finally(() => this.#reads.delete(key));
      this.#reads.set(key, reading);
    }
    const entry = await reading;
    if (entry === null) return undefined;
    const held = this.#lru.get(key);
    if (held !== undefined && (held.renderStart > entry.renderStart || (held.renderStart === entry.renderStart && (entry.failure?.at ?? 0) <= (held.failure?.at ?? 0)))) return held;
    this.#lru.set(key, entry);
    return entry;
  }

  async #read(key: Key): Promise<Entry | null> {
    const bytes = (await this.#link.command("GET", key)) as Buffer | null;
    if (bytes === null) return null;
    const decoded = decodeEntry(bytes);
    if (decoded === null || decoded.key !== key) {
      this.#broken++;
      await this.#link.command("DEL", key);
      return null;
    }
    // What was invalidated before this process listened; without it the entry is not to be trusted.
    await this.#readTags(decoded.entry.tags);
    return decoded.entry;
  }

  async #readTags(tags: readonly string[]): Promise<void> {
    if (tags.length === 0) return;
    const values = (await this.#link.command("MGET", ...tags.map((tag) => this.#tagKey(tag)))) as (Buffer | null)[];
    values.forEach((value, index) => {
      if (value === null) return;
      const [expire = 0, swr = 0] = value.toString().split(" ").map(Number);
      if (expire > 0) this.#tags.record(tags[index]!, "expire", expire + this.#shift);
      if (swr > 0) this.#tags.record(tags[index]!, "swr", swr + this.#shift);
    });
  }

  async set(key: Key, entry: Entry): Promise<"stored" | "older" | "skipped"> {
    const held = this.#lru.get(key);
    if (held !== undefined && held.renderStart >= entry.renderStart) return "older";
    this.#lru.set(key, entry);
    const done = await this.#store(key, entry, isMissing(entry) ? "over" : "new");
    if (done === "older" && this.#lru.get(key) === entry) this.#lru.delete(key);
    return done;
  }

  async #store(key: Key, entry: Entry, how: "new" | "same" | "over"): Promise<"stored" | "older" | "skipped"> {
    if (entry.body.byteLength + (entry.payload?.byteLength ?? 0) > LARGEST || !this.#isUsed) return "skipped";
    const life = (entry.revalidate === false ? 0 : entry.revalidate * 1000) + STALE_WINDOW;
    try {
      return String(await this.#link.script(STORE, [key], [encodeEntry(key, entry), String(life), how])) as "stored" | "older" | "skipped";
    } catch {
      return "skipped";
    }
  }

  async fail(key: Key, failure: Failure): Promise<void> {
    const entry = (await this.#load(key)) ?? this.#lru.get(key);
    if (entry === undefined) return;
    const failed: Entry = { ...entry, failure };
    this.#lru.set(key, failed);
    await this.#store(key, failed, "same");
  }

  async lease(key: Key, milliseconds: number): Promise<Lease | null> {
    const local = this.#localLeases.take(key, milliseconds);
    if (local === null) return null;
    const name = this.#name("lease", key.slice(-64));
    const token = randomBytes(12).toString("hex");
    if (!this.#isUsed) return local;
    try {
      const given = await this.#link.command("SET", name, token, "NX", "PX", String(milliseconds));
      if (given === null) {
        await local.release();
        return null;
      }
    } catch {
      // One rendering per process is what can be had without the server. Where the answer alone was late, the lease is
      // there all the same, and is given back like any other.
    }
    return {
      token,
      renew: async () => {
        if (!(await local.renew())) return false;
        return this.#link.script(RENEW, [name], [token, String(milliseconds)]).then((done) => done === 1, () => true);
      },
      release: async () => {
        await local.release();
        await this.#link.script(RELEASE, [name], [token]).catch(() => {});
      },
    };
  }

  async invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    try {
      if (this.#refused) throw new Error("its maxmemory-policy drops invalidations");
      const keys = [this.#name("inv"), ...tags.map((tag) => this.#tagKey(tag))];
      const answer = (await this.#link.script(INVALIDATE, keys, [mode, JSON.stringify(tags), String(this.#settings.streamLength ?? 100_000)])) as [Buffer, Buffer];
      this.#own.add(answer[1].toString());
      this.#invalidated(tags, mode, Number(answer[0].toString()), false);
    } catch (error) {
      // What was asked for holds here; the caller learns that it holds nowhere else.
      for (const tag of tags) this.#tags.record(tag, mode, this.clock());
      const why = isRefusal(error) ? "refused" : "could not be told";
      throw new Error(`the invalidation of ${tags.length === 1 ? "a tag" : `${tags.length} tags`} ${why} at ${shownAddress(this.#settings.url)}: try again when it answers`, { cause: error });
    }
  }

  #invalidated(tags: readonly string[], mode: InvalidationMode, time: number, own: boolean): void {
    if (own) return;
    const shifted = time + this.#shift;
    this.#latest = Math.max(this.#latest, shifted);
    for (const tag of tags) this.#tags.record(tag, mode, shifted);
    // What is not in memory is read with the times of its tags.
    if (this.#tags.size > REMEMBERED_TAGS) this.#tags.prune(this.#lru.oldest());
    for (const listener of this.#listeners) listener(tags, mode);
  }

  onInvalidate(listener: InvalidationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *entries(): AsyncIterable<Listed> {
    for await (const key of this.#keys()) {
      const bytes = (await this.#link.command("GETRANGE", key, "0", String(HEAD_BYTES))) as Buffer;
      const head = readHead(bytes) ?? readHead(((await this.#link.command("GET", key)) as Buffer | null) ?? Buffer.alloc(0));
      if (head === null) continue;
      const { header, renderStart, bodyLength, payloadLength } = head;
      const entry: Entry = { body: NO_BODY, status: header.s, headers: header.h, etag: header.e, tags: header.t, renderStart, revalidate: header.r };
      await this.#readTags(entry.tags);
      yield { ...listed(key, this.#tags.judge(entry)), bytes: bodyLength + (payloadLength ?? 0) };
    }
  }

  async *#keys(): AsyncIterable<Key> {
    const seen = new Set<Key>();
    let cursor = "0";
    do {
      const [next, names] = (await this.#link.command("SCAN", cursor, "MATCH", this.#settings.prefix.replace(/[*?[\]\\]/g, "\\$&") + ":*", "COUNT", "500")) as [Buffer, Buffer[]];
      cursor = next.toString();
      for (const name of names.map(String)) {
        if (!/:(?:p|d):[0-9a-f]{64}$/.test(name) || seen.has(name)) continue;
        seen.add(name);
        yield name;
      }
    } while (cursor !== "0");
  }

  async clear(): Promise<number> {
    let removed = 0;
    this.#lru.clear();
    for await (const key of this.#keys()) removed += Number(await this.#link.command("UNLINK", key));
    return removed;
  }

  health(): Health {
    return this.#isUsed ? "ok" : "degraded";
  }

  async stats(): Promise<Stats> {
    const counts = { pages: 0, data: 0, bytes: 0 };
    try {
      for await (const key of this.#keys()) {
        counts.bytes += Number((await this.#link.command("STRLEN", key)) as Answer);
        if (/:p:[0-9a-f]+$/.test(key)) counts.pages++;
        else counts.data++;
      }
    } catch {
      // What could be counted was.
    }
    const memory = { entries: this.#lru.size, bytes: this.#lru.bytes };
    return { kind: this.kind, health: this.health(), ...counts, memory, tags: this.#tags.size, broken: this.#broken };
  }

  /** The server drops entries by itself when their time has come. */
  sweep(): Promise<Stats> {
    return this.stats();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#follower.close();
    this.#link.close();
  }
}
