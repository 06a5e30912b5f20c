// The clients of one rendering, and the state that goes from them into its page (QRY-4): at each flush what is new
// since the last, so that the queries of a boundary travel with its chunk. Refuses queries that failed or are still
// being fetched: the browser fetches those itself.

import { encodeValue, escapeForScript, SerializeError } from "velox/serialize";
import { scopeOrNone, type FlushPart, type Render } from "velox/internal";
import { QueryClient, type Entry } from "./client.js";
import { hashKey } from "./key.js";

/** The clients that a rendering has met, and what of them its page holds already. */
export class RenderingQueries implements FlushPart {
  /** What components use that stand in no provider. */
  readonly client = new QueryClient();
  readonly #render: Render;
  readonly #clients = new Set<QueryClient>([this.client]);
  readonly #sent = new Map<string, Entry | number>();
  readonly #encoded = new WeakMap<Entry, Encoded>();
  // Data of a component's props that another component, which was not given it, shows too.
  readonly #shared = new Set<string>();
  // When data of props was there, where the component does not say so itself.
  readonly #times = new Map<string, Entry>();

  constructor(render: Render) {
    this.#render = render;
  }

  /** Takes a client of a provider. */
  add(client: QueryClient): void {
    this.#clients.add(client);
  }

  /** A query that a component shows: what the nearest provider's client has, else what any other has, as in the browser, where all are one. */
  find(hash: string, nearest: QueryClient): Entry | undefined {
    const own = nearest.entry(hash);
    if (own !== undefined) return own;
    for (const client of this.#clients) {
      const entry = client.entry(hash);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Sees to it that a query that a component shows can be sent; throws where it cannot. */
  show(hash: string, entry: Entry, options: { readonly given: boolean; readonly timed: boolean }): void {
    if (entry.given && options.given) {
      if (!options.timed) this.#times.set(hash, entry);
    } else {
      if (entry.given) this.#shared.add(hash);
      this.#encode(entry);
    }
  }

  body(boundary: string | null = null): string {
    const plain: string[] = [];
    let html = "";
    // What comes later may need the decoder, at once.
    if (boundary === null && this.#render.awaitsContent) html += block("", 1);
    for (const client of this.#clients) {
      for (const [hash, entry] of client.entries()) {
        const encoded = this.#next(hash, entry);
        if (encoded === null) continue;
        if (encoded.flag === 0) plain.push(encoded.text);
        else html += block(encoded.text, 1);
      }
    }
    return plain.length === 0 ? html : block(`[${plain.join(",")}]`, 0) + html;
  }

  // What is new about a query: all of it, its time alone, or nothing.
  #next(hash: string, entry: Entry): Encoded | null {
    const sent = this.#sent.get(hash);
    if (sent === entry) return null;
    if (!entry.given || this.#shared.has(hash)) {
      this.#sent.set(hash, entry);
      try {
        return this.#encode(entry);
      } catch (error) {
        // No component on the server shows it, so nothing on the page is wrong: the browser fetches it.
        console.error("[velox]", (error as Error).message);
        return null;
      }
    }
    if (sent !== undefined || this.#times.get(hash) !== entry) return null;
    this.#sent.set(hash, entry.dataUpdatedAt);
    return encodeValue([entry.key, entry.dataUpdatedAt], "the key of a query");
  }

  #encode(entry: Entry): Encoded {
    let encoded = this.#encoded.get(entry);
    if (encoded === undefined) {
      encodeValue(entry.key, "the key of a query");
      try {
        encoded = encodeValue([entry.key, entry.dataUpdatedAt, entry.data], "the state of a query");
      } catch (error) {
        if (!(error instanceof SerializeError)) throw error;
        // Again, to name the path as it is in the data.
        encodeValue(entry.data, `the data of the query ${hashKey(entry.key)}`);
        throw error;
      }
      this.#encoded.set(entry, encoded);
    }
    return encoded;
  }

  clear(): void {
    for (const client of this.#clients) client.clear();
  }
}

interface Encoded {
  readonly text: string;
  readonly flag: 0 | 1;
}

const block = (text: string, flag: number): string =>
  `<script type="application/json" data-velox-query="${flag}">${escapeForScript(text)}</script>`;

const renderings = new WeakMap<Render, RenderingQueries>();

/** The queries of the rendering that runs now; null outside of one. */
export function renderingQueries(): RenderingQueries | null {
  const render = scopeOrNone()?.render ?? null;
  if (render === null) return null;
  let queries = renderings.get(render);
  if (queries === undefined) {
    renderings.set(render, (queries = new RenderingQueries(render)));
    // Before the islands, which read it when they start.
    render.onFlush(queries, true);
    render.onEnd(() => renderings.get(render)?.clear());
  }
  return queries;
}
