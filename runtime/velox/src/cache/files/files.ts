// The store that a server has without being told: memory in front of files, a journal of invalidations, leases for
// the processes that share the folder (runtime.md 4.2). A hit compares times in memory and asks no disk. Where the
// folder cannot be written, entries live in memory, once a warning is said, and the site keeps answering.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CacheClock } from "../clock.js";
import { isMissing, EntryLru } from "../lru.js";
import { listed, LocalLeases } from "../memory.js";
import {
  warnToConsole, type CacheStore, type Entry, type Failure, type Found, type GetOptions, type Health, type InvalidationListener,
  type InvalidationMode, type Key, type Lease, type Listed, type Stats, type StoreSettings,
} from "../store.js";
import { TagTimes, unlessExpired } from "../tags.js";
import { EntryFolder } from "./folder.js";
import { gather, Journal, type Invalidation } from "./journal.js";
import { FileLeases } from "./leases.js";

/** Settings of the store. */
export interface FileStoreSettings extends StoreSettings {
  /** The folder; it is made. */
  readonly folder: string;
  /** The build whose pages this process renders, as keys have it. */
  readonly build: string;
  /** The earliest time that prerendered pages of the build have; the start unless said otherwise. */
  readonly since?: number;
  /** Entries on the disk, about; 100,000 unless said otherwise. */
  readonly maxEntries?: number;
  /** Bytes on the disk, about; 1 GiB unless said otherwise. */
  readonly maxBytes?: number;
  /** Milliseconds between looks at what other processes invalidated; 250 unless said otherwise. */
  readonly pollEvery?: number;
  /** Milliseconds between sweeps, 0 for none; 10 minutes unless said otherwise. */
  readonly sweepEvery?: number;
}

const KEPT_BUILDS = 2;
const RETRY_AFTER = 5000;
const COMPACT_ABOVE = 1024 * 1024;
const FIRST_SWEEP = 2000;
// Entries are written after they are rendered, and clocks of file systems are not those of processes.
const WRITE_DELAY = 60 * 60 * 1000;

/** Keeps entries in a folder. */
export class FileStore implements CacheStore {
  readonly kind = "files";
  readonly #settings: FileStoreSettings;
  readonly #folder: EntryFolder;
  readonly #lru: EntryLru;
  readonly #tags = new TagTimes();
  readonly #clock: CacheClock;
  readonly #journal: Journal;
  readonly #leases: FileLeases;
  readonly #localLeases: LocalLeases;
  readonly #listeners = new Set<InvalidationListener>();
  readonly #reads = new Map<Key, Promise<Entry | null>>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Files and bytes on the disk; unknown before the first sweep. */
  #count: { files: number; bytes: number } | null = null;
  #sweeping: Promise<Stats> | null = null;
  #writable = false;
  #wasWritable = false;
  #retryAt = 0;
  #closed = false;

  private constructor(settings: FileStoreSettings) {
    this.#settings = settings;
    this.#folder = new EntryFolder(settings.folder);
    this.#lru = new EntryLru(settings.memoryBytes);
    this.#clock = new CacheClock(settings.clock ?? Date.now);
    this.#journal = new Journal(settings.folder, (invalidation, own) => this.#take(invalidation, own));
    this.#leases = new FileLeases(join(settings.folder, "leases"), () => this.clock());
    this.#localLeases = new LocalLeases(() => this.clock());
  }

  /** Opens the folder and reads its invalidations. Entries are read when they are asked for. */
  static async open(settings: FileStoreSettings): Promise<FileStore> {
    const store = new FileStore(settings);
    await store.#attempt(async () => {
      await store.#folder.make();
      await store.#folder.mark(settings.build, settings.since ?? 0);
      await store.#journal.prepare();
    });
    await store.#journal.poll();
    const poll = setInterval(() => void store.#journal.poll().catch(() => {}), settings.pollEvery ?? 250);
    store.#timers.push(poll.unref());
    const every = settings.sweepEvery ?? 10 * 60 * 1000;
    if (every > 0) {
      const sweep = (): void => void store.sweep().catch(() => {});
      store.#timers.push(setTimeout(sweep, Math.min(every, FIRST_SWEEP)).unref(), setInterval(sweep, every).unref());
    }
    return store;
  }

  clock(): number {
    return this.#clock.time();
  }

  async now(): Promise<number> {
    return this.#clock.start();
  }

  async get(key: Key, options: GetOptions = {}): Promise<Found | null> {
    const held = options.fresh === true ? null : this.peek(key);
    if (held !== null) return held;
    const entry = (await this.#load(key)) ?? this.#lru.get(key);
    return entry === undefined ? null : this.#tags.judge(entry);
  }

  peek(key: Key): Found | null {
    return unlessExpired(this.#lru.get(key), this.#tags);
  }

  // Many who ask for one entry cause one read.
  async #load(key: Key): Promise<Entry | undefined> {
    let reading = this.#reads.get(key);
    if (reading === undefined) {
      reading = this.#folder.read(key).finally(() => this.#reads.delete(key));
      this.#reads.set(key, reading);
    }
    const entry = await reading;
    if (entry === null) return undefined;
    const held = this.#lru.get(key);
    if (held !== undefined && (held.renderStart > entry.renderStart || (held.renderStart === entry.renderStart && !isLater(entry, held)))) return held;
    this.#lru.set(key, entry);
    return entry;
  }

  async set(key: Key, entry: Entry): Promise<"stored" | "older" | "skipped"> {
    const held = this.#lru.get(key);
    if (held !== undefined && held.renderStart >= entry.renderStart) return "older";
    const there = this.#folder.startOf(key);
    if (there !== null && there >= entry.renderStart) return "older";
    this.#lru.set(key, entry);
    // Guessed paths leave nothing on the disk; a page that is gone takes the place of its file.
    if (isMissing(entry) && there === null) return "stored";
    return this.#write(key, entry, false);
  }

  async fail(key: Key, failure: Failure): Promise<void> {
    const entry = (await this.#load(key)) ?? this.#lru.get(key);
    if (entry === undefined) return;
    const failed: Entry = { ...entry, failure };
    this.#lru.set(key, failed);
    if (this.#folder.startOf(key) !== null) await this.#write(key, failed, true);
  }

  async #write(key: Key, entry: Entry, same: boolean): Promise<"stored" | "older" | "skipped"> {
    const done = await this.#attempt(() => this.#folder.write(key, entry, same));
    if (done !== "stored" || same || this.#count === null) return done ?? "skipped";
    this.#count.files++;
    this.#count.bytes += entry.body.byteLength;
    const { maxEntries = 100_000, maxBytes = 1024 ** 3 } = this.#settings;
    if (this.#count.files > maxEntries || this.#count.bytes > maxBytes) void this.sweep().catch(() => {});
    return done;
  }

  async lease(key: Key, milliseconds: number): Promise<Lease | null> {
    const local = this.#localLeases.take(key, milliseconds);
    if (local === null) return null;
    const shared = await this.#attempt(() => this.#leases.take(key, milliseconds));
    if (shared === undefined) return local;
    if (shared === null) {
      await local.release();
      return null;
    }
    return {
      token: shared.token,
      renew: async () => (await local.renew()) && ((await this.#attempt(() => shared.renew())) ?? true),
      release: async () => {
        await local.release();
        await this.#attempt(() => shared.release());
      },
    };
  }

  async invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    const invalidation: Invalidation = { time: this.#clock.invalidate(), mode, tags };
    this.#take(invalidation, false);
    try {
      await this.#journal.append(invalidation);
      this.#writable = this.#wasWritable = true;
    } catch (error) {
      this.#refused(error as NodeJS.ErrnoException);
      // A folder that could never be written makes this a store in memory, with the promises of one.
      if (!this.#wasWritable) return;
      throw new Error(`the invalidation of ${tags.length === 1 ? "a tag" : `${tags.length} tags`} could not be written to ${this.#settings.folder}: it holds until this process ends`, { cause: error });
    }
  }

  #take({ time, mode, tags }: Invalidation, own: boolean): void {
    if (own) return;
    this.#clock.saw(time);
    for (const tag of tags) this.#tags.record(tag, mode, time);
    for (const listener of this.#listeners) listener(tags, mode);
  }

  onInvalidate(listener: InvalidationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *entries(): AsyncIterable<Listed> {
    const seen = new Set<Key>();
    for await (const { path } of this.#folder.files()) {
      const head = await this.#folder.head(path);
      if (head === null) continue;
      const { header, renderStart, bodyLength, payloadLength } = head;
      seen.add(header.k);
      const entry: Entry = { body: NO_BODY, status: header.s, headers: header.h, etag: header.e, tags: header.t, renderStart, revalidate: header.r };
      yield { ...listed(header.k, this.#tags.judge(entry)), bytes: bodyLength + (payloadLength ?? 0) };
    }
    for (const [key, entry] of this.#lru.entries()) if (!seen.has(key)) yield listed(key, this.#tags.judge(entry));
  }

  async clear(): Promise<number> {
    let removed = 0;
    this.#lru.clear();
    for await (const { path } of this.#folder.files()) {
      await this.#folder.remove(path);
      removed++;
    }
    if (this.#count !== null) this.#count = { files: 0, bytes: 0 };
    return removed;
  }

  health(): Health {
    return this.#writable ? "ok" : "degraded";
  }

  async stats(): Promise<Stats> {
    let pages = 0;
    let data = 0;
    let bytes = 0;
    for await (const { path, isPage } of this.#folder.files()) {
      bytes += await stat(path).then((info) => info.size, () => 0);
      if (isPage) pages++;
      else data++;
    }
    const memory = { entries: this.#lru.size, bytes: this.#lru.bytes };
    return { kind: this.kind, health: this.health(), pages, data, bytes, memory, tags: this.#tags.size, broken: this.#folder.broken };
  }

  sweep(): Promise<Stats> {
    return (this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = null)));
  }

  async #sweep(): Promise<Stats> {
    const builds = await this.#folder.marked();
    for (const { build } of builds.filter(({ build: name }) => name !== this.#settings.build).slice(KEPT_BUILDS - 1)) await this.#attempt(() => this.#folder.removeBuild(build));
    await this.#attempt(() => this.#leases.sweep());
    const oldest = await this.#keepLimits();
    const since = Math.min(...builds.map((build) => build.since), this.#settings.since ?? 0);
    const floor = Math.min(oldest - WRITE_DELAY, this.#lru.oldest(), since);
    if (this.#journal.length > COMPACT_ABOVE && !this.#closed) await this.compact(floor);
    return this.stats();
  }

  /** Writes the journal anew, without what was invalidated before `floor`. */
  async compact(floor: number): Promise<void> {
    const lease = await this.#attempt(() => this.#leases.take("compaction", 60_000));
    if (lease == null) return;
    await this.#attempt(() =>
      this.#journal.compact(async (read) => {
        await read();
        this.#tags.prune(floor);
        return gather(this.#tags.all());
      }),
    );
    await this.#attempt(() => lease.release());
  }

  // Removes what was written longest ago, except for what this process has in use. Gives the time of the oldest file.
  async #keepLimits(): Promise<number> {
    const { maxEntries = 100_000, maxBytes = 1024 ** 3 } = this.#settings;
    const files: { path: string; size: number; written: number }[] = [];
    let bytes = 0;
    let oldest = Infinity;
    for await (const { path } of this.#folder.files()) {
      const info = await stat(path).catch(() => null);
      if (info === null) continue;
      files.push({ path, size: info.size, written: info.mtimeMs });
      bytes += info.size;
      oldest = Math.min(oldest, info.mtimeMs);
    }
    let count = files.length;
    if (count > maxEntries || bytes > maxBytes) {
      const inUse = new Set([...this.#lru.entries()].slice(-Math.floor(maxEntries / 2)).map(([key]) => this.#folder.fileOf(key)));
      files.sort((a, b) => a.written - b.written);
      for (const { path, size } of files) {
        if (count <= maxEntries * 0.9 && bytes <= maxBytes * 0.9) break;
        if (inUse.has(path)) continue;
        await this.#attempt(() => this.#folder.remove(path));
        count--;
        bytes -= size;
      }
    }
    this.#count = { files: count, bytes };
    return oldest;
  }

  // Undefined where the disk refuses; then it is left alone for a while.
  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!this.#writable && Date.now() < this.#retryAt) return undefined;
    try {
      const value = await work();
      this.#writable = this.#wasWritable = true;
      return value;
    } catch (error) {
      this.#refused(error as NodeJS.ErrnoException);
      return undefined;
    }
  }

  #refused(error: NodeJS.ErrnoException): void {
    if (this.#writable || this.#retryAt === 0) {
      const warn = this.#settings.warn ?? warnToConsole;
      warn(`the cache folder ${this.#settings.folder} cannot be written (${error.code ?? error.message}): pages are kept in memory until it can`);
    }
    this.#writable = false;
    this.#retryAt = Date.now() + RETRY_AFTER;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#listeners.clear();
    await this.#sweeping?.catch(() => {});
    await this.#journal.close();
  }
}

const NO_BODY = new Uint8Array(0);

// Of two copies of one rendering the one that knows of more failures is the later.
function isLater(entry: Entry, held: Entry): boolean {
  return (entry.failure?.at ?? 0) > (held.failure?.at ?? 0);
}
