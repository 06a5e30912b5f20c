// Counts the promises that one page or boundary still waits for. The first rejection decides at once;
// a promise that is counted never causes an `unhandledRejection` (STR-5).

/** The open promises of a page or a boundary. */
export class Collector {
  #open = 0;
  #failed = false;
  #error: unknown;
  #wake: (() => void) | null = null;

  /** True while something is open or has failed. */
  get busy(): boolean {
    return this.#open > 0 || this.#failed;
  }

  /** Counts a promise; `finish` runs with its value, and may count more promises. */
  add<T>(promise: PromiseLike<T>, finish: (value: T) => void): void {
    this.#open++;
    Promise.resolve(promise)
      .then(finish)
      .then(
        () => {
          if (--this.#open === 0) this.#wake?.();
        },
        (error: unknown) => {
          if (!this.#failed) {
            this.#failed = true;
            this.#error = error;
          }
          this.#wake?.();
        },
      );
  }

  /** Resolves when nothing is open any more; rejects with the first error. */
  async settled(): Promise<void> {
    if (this.#open > 0 && !this.#failed) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#failed) throw this.#error;
  }
}
