// Time that never lets a rendering and an invalidation pass each other unseen: a rendering that begins after an
// invalidation gets a later time, and an invalidation after the beginning of a rendering gets that time or a later
// one, even within one millisecond and after the clock of the machine was set back.

/** A clock for renderings and invalidations. */
export class CacheClock {
  readonly #clock: () => number;
  #invalidated = 0;
  #started = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The time as it is. */
  time(): number {
    return this.#clock();
  }

  /** A time for the start of a rendering. */
  start(at: number = this.#clock()): number {
    const time = Math.max(at, this.#invalidated + 1);
    this.#started = Math.max(this.#started, time);
    return time;
  }

  /** A time for an invalidation. */
  invalidate(): number {
    const time = Math.max(this.#clock(), this.#started);
    this.saw(time);
    return time;
  }

  /** Notes an invalidation that was made elsewhere. */
  saw(time: number): void {
    if (time > this.#invalidated) this.#invalidated = time;
  }
}
