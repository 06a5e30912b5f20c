// One wire request for equal fetches of one rendering (FET-2 to FET-4). Each caller reads a body of its
// own from one source; what has been read is kept only as long as the body is short enough to be
// shared. Refuses to remember a failure: the next caller tries again.

/** Bodies above this many bytes are not shared. */
export const SHARED_BODY_LIMIT = 8 * 1024 * 1024;

/** The fetches of one request by what they ask for. */
export class FetchMemo {
  readonly #shared = new Map<string, SharedFetch>();

  /** A response for one caller: of the running or finished fetch of that key, or of a new one. */
  get(key: string, signal: AbortSignal | null, start: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
    let shared = this.#shared.get(key);
    if (shared === undefined) {
      const forget = (): void => {
        if (this.#shared.get(key) === shared) this.#shared.delete(key);
      };
      shared = new SharedFetch(start, forget);
      this.#shared.set(key, shared);
    }
    return shared.join(signal);
  }
}

class SharedFetch {
  readonly #controller = new AbortController();
  readonly #response: Promise<{ head: Response; body: SharedBody | null }>;
  readonly #forget: () => void;
  #waiting = 0;
  #answered = false;

  constructor(start: (signal: AbortSignal) => Promise<Response>, forget: () => void) {
    this.#forget = forget;
    this.#response = start(this.#controller.signal).then((head) => {
      this.#answered = true;
      return { head, body: head.body === null ? null : new SharedBody(head.body, forget) };
    });
    this.#response.catch(forget);
  }

  async join(signal: AbortSignal | null): Promise<Response> {
    this.#waiting++;
    try {
      const { head, body } = await orAborted(this.#response, signal);
      const copy = new Response(body === null ? null : body.open(signal), {
        status: head.status,
        statusText: head.statusText,
        headers: head.headers,
      });
      return describeResponse(copy, head.url, head.redirected);
    } finally {
      // The last caller that leaves before the answer takes the wire request with it.
      if (--this.#waiting === 0 && !this.#answered) {
        this.#forget();
        this.#controller.abort(signal?.reason);
      }
    }
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return promise;
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Gives a response made here the address that it came from. */
export function describeResponse(response: Response, url: string, redirected: boolean): Response {
  Object.defineProperty(response, "url", { value: url, configurable: true });
  Object.defineProperty(response, "redirected", { value: redirected, configurable: true });
  return response;
}

// Chunks from one reader for several streams. `#dropped` counts chunks that every stream has passed
// once the body turned out too long to be kept.
class SharedBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #forget: () => void;
  readonly #chunks: Uint8Array[] = [];
  readonly #cursors = new Set<{ at: number }>();
  #dropped = 0;
  #size = 0;
  #ended = false;
  #pull: Promise<void> | null = null;

  constructor(body: ReadableStream<Uint8Array>, forget: () => void) {
    this.#reader = body.getReader();
    this.#forget = forget;
  }

  open(signal: AbortSignal | null): ReadableStream<Uint8Array> {
    const cursor = { at: 0 };
    this.#cursors.add(cursor);
    const leave = (reason: unknown): void => {
      this.#cursors.delete(cursor);
      if (this.#cursors.size === 0 && !this.#ended) {
        this.#forget();
        this.#reader.cancel(reason).catch(() => {});
      }
    };
    let abort: (() => void) | null = null;
    const settle = (): void => {
      if (abort !== null) signal!.removeEventListener("abort", abort);
    };
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (signal === null) return;
        abort = () => {
          leave(signal.reason);
          controller.error(signal.reason);
        };
        signal.addEventListener("abort", abort, { once: true });
      },
      pull: async (controller) => {
        while (cursor.at - this.#dropped >= this.#chunks.length && !this.#ended) {
          await (this.#pull ??= this.#next().finally(() => (this.#pull = null)));
        }
        const chunk = this.#chunks[cursor.at - this.#dropped];
        if (chunk === undefined) {
          settle();
          this.#cursors.delete(cursor);
          controller.close();
          return;
        }
        cursor.at++;
        // A copy: what one caller does to its bytes is nothing to the others.
        controller.enqueue(chunk.slice());
        this.#drop();
      },
      cancel: (reason) => {
        settle();
        leave(reason);
      },
    });
  }

  async #next(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#ended = true;
      return;
    }
    this.#size += value.byteLength;
    this.#chunks.push(value);
    if (this.#size > SHARED_BODY_LIMIT) this.#forget();
  }

  #drop(): void {
    if (this.#size <= SHARED_BODY_LIMIT) return;
    const slowest = Math.min(...[...this.#cursors].map((cursor) => cursor.at));
    while (this.#dropped < slowest && this.#chunks.length > 0) {
      this.#chunks.shift();
      this.#dropped++;
    }
  }
}
