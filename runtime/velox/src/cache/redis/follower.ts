// Follows the stream of invalidations on a connection of its own, each from where it was: what came while the
// connection was away is read afterwards. Where something may have been missed, it says so, and whoever holds entries
// in memory lets go of them.

import type { InvalidationMode } from "../store.js";
import { Link, type Answer, type LinkSettings } from "./link.js";

/** What is done with what the stream says. */
export interface FollowerActions {
  invalidated(id: string, tags: readonly string[], mode: InvalidationMode, time: number): void;
  /** Something may have been missed. */
  missed(): void;
}

const BLOCK = 1000;
const AT_ONCE = 1000;
const PAUSE = 100;

/** Reads a stream of invalidations. */
export class Follower {
  readonly #link: Link;
  readonly #stream: string;
  readonly #actions: FollowerActions;
  #last = "0-0";
  #started = false;
  #live = false;
  #closed = false;

  private constructor(link: Link, stream: string, actions: FollowerActions) {
    this.#link = link;
    this.#stream = stream;
    this.#actions = actions;
  }

  /** Begins to follow; where the server is there, everything that is said from now on is heard. */
  static async open(settings: LinkSettings, stream: string, actions: FollowerActions): Promise<Follower> {
    const connected = { lost: (): void => {} };
    const link = await Link.open({ ...settings, warn: () => {} }, () => connected.lost());
    const follower = new Follower(link, stream, actions);
    connected.lost = () => (follower.#live = false);
    await follower.#catchUp().catch(() => {});
    void follower.#run();
    return follower;
  }

  /** True where everything that was said has been read. */
  get isLive(): boolean {
    return this.#live;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        if (!this.#live) await this.#catchUp();
        const answer = await this.#link.wait(BLOCK, "XREAD", "COUNT", String(AT_ONCE), "BLOCK", String(BLOCK), "STREAMS", this.#stream, this.#last);
        const count = this.#take(answer);
        // So many at once that some may have been dropped before they were read.
        if (count >= AT_ONCE) this.#live = false;
      } catch {
        this.#live = false;
        if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
      }
    }
  }

  // The first reading begins at the end: entries that are not in memory yet are read with the times of their tags.
  async #catchUp(): Promise<void> {
    if (!this.#started) {
      const [last] = (await this.#link.command("XREVRANGE", this.#stream, "+", "-", "COUNT", "1")) as [Answer[]] | [];
      if (last !== undefined) this.#last = String(last[0]);
      this.#started = true;
      // What was read before this process listened may have been invalidated in between.
      this.#actions.missed();
      this.#live = true;
      return;
    }
    const [first] = (await this.#link.command("XRANGE", this.#stream, "-", "+", "COUNT", "1")) as [Answer[]] | [];
    const gone = first === undefined ? this.#last !== "0-0" : isAfter(String(first[0]), this.#last) && this.#last !== "0-0";
    if (gone) {
      this.#actions.missed();
      this.#last = first === undefined ? "0-0" : before(String(first[0]));
    }
    for (;;) {
      const answer = await this.#link.command("XREAD", "COUNT", String(AT_ONCE), "STREAMS", this.#stream, this.#last);
      if (this.#take(answer) < AT_ONCE) break;
    }
    this.#live = true;
  }

  #take(answer: Answer): number {
    if (!Array.isArray(answer)) return 0;
    const [, records] = (answer[0] ?? []) as [Answer, Answer[]];
    for (const record of records ?? []) {
      const [id, fields] = record as [Buffer, Buffer[]];
      this.#last = id.toString();
      const values = new Map<string, string>();
      for (let i = 0; i + 1 < fields.length; i += 2) values.set(fields[i]!.toString(), fields[i + 1]!.toString());
      const mode: InvalidationMode = values.get("m") === "swr" ? "swr" : "expire";
      this.#actions.invalidated(this.#last, readTags(values.get("g")), mode, Number(values.get("t")) || 0);
    }
    return records?.length ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#live = false;
    this.#link.close();
  }
}

function readTags(text: string | undefined): string[] {
  try {
    return (JSON.parse(text ?? "[]") as unknown[]).map(String);
  } catch {
    return [];
  }
}

// `milliseconds-number`, as streams count.
function isAfter(a: string, b: string): boolean {
  const [[aTime, aNumber], [bTime, bNumber]] = [a, b].map((id) => id.split("-").map(Number)) as [[number, number], [number, number]];
  return aTime === bTime ? aNumber > bNumber : aTime > bTime;
}

function before(id: string): string {
  const [time, number] = id.split("-").map(Number) as [number, number];
  return number > 0 ? `${time}-${number - 1}` : `${time - 1}-0`;
}
