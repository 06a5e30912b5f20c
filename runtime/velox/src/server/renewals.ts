// Makes pages for the cache: one rendering per key in this process, and one per store while that answers (ISR-2).
// Who waits shares it; behind a kept page it waits for a slot and, after a failure, for its time (ISR-3, ISR-10).
// Refuses to let a failure take the place of a page.

import { isAged } from "../cache/entry.js";
import type { CacheStore, Found, Key, Lease } from "../cache/store.js";
import type { MadePage } from "./page-entry.js";
import { RenderSlots, type Slot } from "./render-slots.js";

/** A page to make. */
export interface PageWork {
  readonly key: Key;
  /** Names the page in messages. */
  readonly place: string;
  /** Makes it; the signal aborts when it takes too long. */
  make(renderStart: number, signal: AbortSignal): Promise<MadePage>;
}

/** Limits of renewals. Times are milliseconds. */
export interface RenewalLimits {
  /** Renderings behind kept pages at once. */
  readonly concurrency: number;
  /** How long a rendering may take. */
  readonly timeout: number;
  /** How long a lease lasts without word from its holder. */
  readonly lease: number;
  /** How long a visitor waits for the rendering of another process. */
  readonly wait: number;
}

/** A made page, and where it came from. */
export interface Renewed extends MadePage {
  /** True where another process had made it. */
  readonly found: boolean;
}

interface Flight {
  readonly promise: Promise<Renewed | null>;
  readonly slot: Slot;
  hurried: boolean;
}

const FIRST_RETRY_SECONDS = 30;
const LAST_RETRY_SECONDS = 300;
const POLL = 25;
const ROUNDS = 4;

/** The renewals of one process. */
export class Renewals {
  readonly #store: CacheStore;
  readonly #limits: RenewalLimits;
  readonly #report: (error: unknown, place: string) => void;
  readonly #slots: RenderSlots;
  readonly #flights = new Map<Key, Flight>();
  /** Pages that are made and still being stored: the next renewal waits for that, a visitor does not. */
  readonly #storing = new Map<Key, Promise<void>>();

  constructor(store: CacheStore, limits: RenewalLimits, report: (error: unknown, place: string) => void) {
    this.#store = store;
    this.#limits = limits;
    this.#report = report;
    this.#slots = new RenderSlots(limits.concurrency);
  }

  /** Starts a renewal behind a page that is served meanwhile, unless one is under way or its time has not come. */
  behind(work: PageWork, old: Found, now: number): void {
    if (this.#flights.has(work.key) || isResting(old, now)) return;
    // It notes and reports its failure itself.
    this.#fly(work, old, false).catch(() => {});
  }

  /** The page, made after this call began. Rejects with what the rendering threw. */
  async now(work: PageWork, old: Found | null): Promise<Renewed> {
    for (let round = 0; round < ROUNDS; round++) {
      const joined = this.#flights.get(work.key);
      if (joined !== undefined) {
        joined.hurried = true;
        joined.slot.hurry();
      }
      const made = await (joined?.promise ?? this.#fly(work, old, true));
      if (made === null) continue;
      if (joined === undefined) return made;
      // What is for one caller is for the one who began.
      if (made.refused !== null) break;
      // What was invalidated while it was made answers those who came before, not those who came after.
      const kept = await this.#store.get(work.key);
      if (kept === null || kept.tagState !== "expired") return made;
    }
    const alone = await this.#make(work).catch((error: unknown) => {
      throw (error as FailedRendering).cause;
    });
    return { ...alone.made, found: false };
  }

  #fly(work: PageWork, old: Found | null, urgent: boolean): Promise<Renewed | null> {
    const slot = this.#slots.take(urgent);
    const flight: Flight = {
      slot,
      hurried: urgent,
      promise: this.#run(work, old, slot, () => flight.hurried).finally(() => {
        slot.release();
        this.#flights.delete(work.key);
      }),
    };
    this.#flights.set(work.key, flight);
    return flight.promise;
  }

  // Null where another process makes it and nobody here waits.
  async #run(work: PageWork, old: Found | null, slot: Slot, isWaitedFor: () => boolean): Promise<Renewed | null> {
    await slot.granted;
    await this.#storing.get(work.key);
    let lease = await this.#store.lease(work.key, this.#limits.lease);
    if (lease === null) {
      if (!isWaitedFor()) return null;
      const other = await this.#waitForOther(work, old);
      if (other !== null && "entry" in other) return { ...other, refused: null, found: true };
      lease = other;
    }
    const renewing = lease === null ? undefined : setInterval(() => void lease.renew().catch(() => {}), this.#limits.lease / 3).unref();
    let stored: Promise<unknown> | null = null;
    try {
      const newer = await this.#newerThan(work.key, old, isWaitedFor());
      if (newer !== null) return { entry: newer.entry, refused: null, found: true };
      const { made, renderStart } = await this.#make(work).catch((error: unknown) => this.#failed(work, old, error));
      // From here on this process has it in memory; the rest is for others, and for later.
      if (made.refused === null) stored = this.#store.set(work.key, { ...made.entry, renderStart });
      return { ...made, found: false };
    } finally {
      this.#finish(work.key, stored, () => {
        clearInterval(renewing);
        return lease?.release() ?? Promise.resolve();
      });
    }
  }

  // Others may begin when what was made can be read.
  #finish(key: Key, stored: Promise<unknown> | null, release: () => Promise<void>): void {
    const finished = (stored ?? Promise.resolve()).catch(() => {}).then(release).catch(() => {}).finally(() => {
      if (this.#storing.get(key) === finished) this.#storing.delete(key);
    });
    this.#storing.set(key, finished);
  }

  // The page of another process, or the lease that it gave up, or null after a while: then it is made here as well.
  async #waitForOther(work: PageWork, old: Found | null): Promise<Found | Lease | null> {
    const until = Date.now() + this.#limits.wait;
    for (let pause = POLL; Date.now() < until; pause = Math.min(pause * 1.5, 200)) {
      await new Promise((resume) => setTimeout(resume, pause));
      const found = await this.#newerThan(work.key, old, true);
      if (found !== null) return found;
      const lease = await this.#store.lease(work.key, this.#limits.lease);
      if (lease !== null) return lease;
    }
    return null;
  }

  // Another process may have renewed the page since this one looked. Who waits takes any page that may be served.
  async #newerThan(key: Key, old: Found | null, waitedFor: boolean): Promise<Found | null> {
    const found = await this.#store.get(key, { fresh: true });
    if (found === null || found.tagState === "expired") return null;
    if (old !== null && found.entry.renderStart <= old.entry.renderStart) return null;
    const good = found.tagState === "fresh" && !isAged(found.entry, this.#store.clock());
    return good || waitedFor ? found : null;
  }

  async #make(work: PageWork): Promise<{ made: MadePage; renderStart: number }> {
    const renderStart = await this.#store.now();
    const { timeout } = this.#limits;
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new DOMException(`${work.place} was not rendered within ${timeout} ms`, "TimeoutError");
        controller.abort(error);
        reject(error);
      }, timeout).unref();
    });
    try {
      return { made: await Promise.race([work.make(renderStart, controller.signal), late]), renderStart };
    } catch (error) {
      throw new FailedRendering(error, renderStart);
    } finally {
      clearTimeout(timer);
    }
  }

  async #failed(work: PageWork, old: Found | null, failed: unknown): Promise<never> {
    const { cause: error, renderStart } = failed as FailedRendering;
    if (old !== null) {
      const { revalidate, failure } = old.entry;
      const first = revalidate === false ? FIRST_RETRY_SECONDS : Math.max(1, Math.min(revalidate, FIRST_RETRY_SECONDS));
      const count = (failure?.count ?? 0) + 1;
      // No two processes wait for equally long.
      const wait = Math.min(first * 2 ** (count - 1) * (count === 1 ? 1 : 1 + Math.random() / 10), LAST_RETRY_SECONDS);
      await this.#store.fail(work.key, { count, at: renderStart, retryAt: renderStart + wait * 1000 });
      this.#report(error, work.place);
    }
    throw error;
  }
}

/** True where a renewal failed, its next try is not due, and nobody has asked for another since. */
export function isResting({ entry, invalidatedAt }: Found, now: number): boolean {
  const { failure } = entry;
  return failure !== undefined && now < failure.retryAt && invalidatedAt < failure.at;
}

class FailedRendering extends Error {
  readonly renderStart: number;

  constructor(cause: unknown, renderStart: number) {
    super("a rendering failed", { cause });
    this.renderStart = renderStart;
  }
}

