// A page that leaves in parts (STR-1 to STR-3): its shell, then the content of each boundary in the order in which it
// comes, each made only when the client has room for it. Refuses to touch what has left: an error then is content.

import { chunkOf } from "./chunk.js";
import type { PlacedEntries } from "./head-order.js";
import type { Render } from "./render.js";
import { RenderingEnded, type Boundary, type SuspensePlan } from "./suspense.js";

/** How a page may leave. */
export type StreamMode = SuspensePlan["mode"];

/** What a streamed page needs from its server. */
export interface StreamSettings {
  /** Asked when the first boundary is left open. */
  readonly mode: () => StreamMode;
  /** Milliseconds that a boundary may take; 0 for as long as it likes. */
  readonly timeout: number;
  /** What the error page says, as a part of what `render` makes. */
  readonly errorContent: (error: unknown, render: Render) => Promise<string | null>;
}

/** The boundaries of one page that are not there yet, and what leaves of them. */
export class Streaming implements SuspensePlan {
  readonly timeout: number;
  readonly #render: Render;
  readonly #settings: StreamSettings;
  readonly #pending = new Set<Boundary>();
  #mode: StreamMode | null = null;
  #ready: Boundary[] = [];
  #wake: (() => void) | null = null;
  #begun = false;
  #ended = false;

  constructor(render: Render, settings: StreamSettings) {
    this.#render = render;
    this.#settings = settings;
    this.timeout = settings.timeout;
  }

  get mode(): StreamMode {
    return (this.#mode ??= this.#settings.mode());
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** True while content is not there. */
  get pending(): boolean {
    return this.#pending.size > 0;
  }

  opened(boundary: Boundary): void {
    this.#pending.add(boundary);
    if (this.#ended) boundary.fail(new RenderingEnded());
  }

  settled(boundary: Boundary): void {
    this.#pending.delete(boundary);
    if (this.#ended) return this.#notify();
    if (!this.#begun && boundary.state === "kept") this.#failure ??= { error: boundary.error };
    this.#ready.push(boundary);
    this.#notify();
  }

  #failure: { readonly error: unknown } | null = null;

  /** Throws what the page has to answer for, where a boundary failed that nobody can show. */
  check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  errorContent(error: unknown): Promise<string | null> {
    return this.#settings.errorContent(error, this.#render);
  }

  /** Makes what is pending fail with an error that is shown in its place. */
  fail(error: unknown): void {
    for (const boundary of [...this.#pending]) boundary.fail(error);
  }

  /** Ends everything: nobody waits for the page. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ready = [];
    this.fail(new RenderingEnded());
    this.#render.end();
    this.#notify();
  }

  /** The page as a stream; `pieces` are the shell up to the end of its body, `tail` is what stands behind that, and `onLeave` is told where the client left. */
  stream(
    pieces: readonly (string | Boundary)[],
    tail: string,
    onEnd: () => void,
    onLeave: () => void,
  ): ReadableStream<Uint8Array> {
    this.#begun = true;
    const parts = this.#parts(pieces, tail);
    const encoder = new TextEncoder();
    let bytes = new Uint8Array(0);
    const end = (): void => {
      this.end();
      onEnd();
    };
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            while (bytes.byteLength === 0) {
              const { done, value } = await parts.next();
              if (done === true || this.#ended) {
                end();
                if (done === true) controller.close();
                return;
              }
              bytes = encoder.encode(value);
            }
            controller.enqueue(bytes.subarray(0, HIGH_WATER));
            bytes = bytes.subarray(HIGH_WATER);
          } catch (error) {
            end();
            throw error;
          }
        },
        cancel: () => {
          end();
          onLeave();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER }),
    );
  }

  async *#parts(pieces: readonly (string | Boundary)[], tail: string): AsyncGenerator<string> {
    if (this.mode === "ordered") {
      const heads: PlacedEntries[] = [];
      yield* this.#inOrder(pieces, heads);
      const late = this.#render.lateHead(heads);
      // Where the script stands behind the element, that is complete.
      yield this.#render.flushBody(null) + late + (late === "" ? "" : this.#render.lateHeadScript()) + tail;
      return;
    }
    yield pieces.join("") + this.#render.flushBody(null);
    for (;;) {
      while (this.#ready.length === 0 && this.pending) await this.#next();
      if (this.#ended) return;
      // What came within one tick leaves together.
      let html = "";
      for (const boundary of this.#ready.splice(0)) {
        // Without a name it stood in another boundary's content, and left with that.
        if (boundary.id !== null) html += chunkOf(this.#render, boundary);
      }
      if (html !== "") yield html;
      if (this.#ready.length === 0 && !this.pending) break;
    }
    yield tail;
  }

  async *#inOrder(pieces: readonly (string | Boundary)[], heads: PlacedEntries[]): AsyncGenerator<string> {
    // An explicit stack: boundaries nest as deeply as the page has them.
    const stack = [{ pieces, at: 0 }];
    let html = "";
    while (stack.length > 0) {
      const frame = stack[stack.length - 1]!;
      const piece = frame.pieces[frame.at++];
      if (piece === undefined) {
        stack.pop();
      } else if (typeof piece === "string") {
        html += piece;
      } else {
        if (piece.state === "pending" && html !== "") {
          yield html;
          html = "";
        }
        while (piece.state === "pending" && !this.#ended) await this.#next();
        if (this.#ended) return;
        const content = this.#render.assemble(piece.html, piece.path);
        heads.push(...content.heads);
        stack.push({ pieces: content.pieces, at: 0 });
      }
    }
    if (html !== "") yield html;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #notify(): void {
    const wake = this.#wake;
    if (wake === null) return;
    this.#wake = null;
    tick(wake);
  }
}

/** Bytes that wait for a client at most. */
const HIGH_WATER = 16 * 1024;

/** Runs something when all that is ready now has run. */
export function tick(run: () => void): void {
  if (typeof setImmediate === "function") setImmediate(run);
  else setTimeout(run, 0);
}
