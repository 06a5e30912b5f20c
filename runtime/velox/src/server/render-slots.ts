// How many renderings may run behind pages at once (ISR-10): the rest wait in line, first come first served.
// A visitor who waits for one of them takes it out of the line.

/** A place in the line, or one of the few that run. */
export interface Slot {
  /** Resolves when the work may begin. */
  readonly granted: Promise<void>;
  /** Begins at once, whatever else runs. */
  hurry(): void;
  release(): void;
}

/** Gives out slots. */
export class RenderSlots {
  readonly #limit: number;
  readonly #line: { grant: () => void }[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  /** Waiting for a slot. */
  get waiting(): number {
    return this.#line.length;
  }

  /** A slot; with `urgent` it is granted at once. */
  take(urgent: boolean): Slot {
    let granted = false;
    let released = false;
    let resolve: () => void;
    const promise = new Promise<void>((done) => (resolve = done));
    const place = {
      grant: () => {
        granted = true;
        this.#running++;
        resolve();
      },
    };
    const leaveLine = (): void => {
      const at = this.#line.indexOf(place);
      if (at >= 0) this.#line.splice(at, 1);
    };
    if (urgent || this.#running < this.#limit) place.grant();
    else this.#line.push(place);
    return {
      granted: promise,
      hurry: () => {
        if (granted) return;
        leaveLine();
        place.grant();
      },
      release: () => {
        if (released) return;
        released = true;
        if (!granted) return leaveLine();
        this.#running--;
        if (this.#running < this.#limit) this.#line.shift()?.grant();
      },
    };
  }
}
