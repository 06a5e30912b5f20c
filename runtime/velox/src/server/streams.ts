// The pages that are leaving in parts right now, so that a server which ends can end them (runtime.md section 5).

import type { Streaming } from "../render/streaming.js";

/** The streams of a runtime. */
export class OpenStreams {
  readonly #open = new Set<Streaming>();
  #ended = false;

  /** How many pages are under way. */
  get size(): number {
    return this.#open.size;
  }

  /** Counts a stream until the function that is given back is called; `signal` ends it when its client leaves. */
  open(streaming: Streaming, signal: AbortSignal | null): () => void {
    this.#open.add(streaming);
    const left = (): void => streaming.end();
    signal?.addEventListener("abort", left);
    if (this.#ended) streaming.fail(new ServerEnds());
    return () => {
      signal?.removeEventListener("abort", left);
      this.#open.delete(streaming);
    };
  }

  /** Gives what is pending `grace` milliseconds; then it fails, and every page gets its end. */
  end(grace: number): void {
    const timer = setTimeout(() => {
      this.#ended = true;
      for (const streaming of [...this.#open]) streaming.fail(new ServerEnds());
    }, grace);
    timer.unref?.();
  }
}

class ServerEnds extends Error {
  constructor() {
    super("the server is ending, and the content of a <Suspense> was not there");
    this.name = "ServerEnds";
  }
}
