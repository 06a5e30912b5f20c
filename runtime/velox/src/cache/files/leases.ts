// Leases among the processes that share a folder: a file that is created by one of them alone, with the owner and
// the time of its end in it. A lease whose owner has died or whose time has come is taken over. At worst, two
// processes render the same page; a store refuses the older of two results, so that is never more than work.

import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readdir, readFile, rename, rm, link, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Lease } from "../store.js";

interface Held {
  readonly token: string;
  readonly pid: number;
  readonly machine: string;
  readonly until: number;
}

const HALF_WRITTEN = 2000;

/** Leases as files of one folder. */
export class FileLeases {
  readonly #folder: string;
  readonly #clock: () => number;

  constructor(folder: string, clock: () => number) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Takes a lease by its name; null where somebody holds it. Throws where the folder cannot be written. */
  async take(name: string, milliseconds: number): Promise<Lease | null> {
    const path = join(this.#folder, fileName(name));
    const token = randomBytes(8).toString("hex");
    for (let round = 0; round < 3; round++) {
      try {
        await writeFile(path, this.#content(token, milliseconds), { flag: "wx" });
        return this.#lease(path, token, milliseconds);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const held = await readHeld(path);
      if (held === "half-written" || (held !== null && this.#isLive(held))) return null;
      if (held !== null && !(await this.#remove(path, token, held))) return null;
    }
    return null;
  }

  #content(token: string, milliseconds: number): string {
    const held: Held = { token, pid: process.pid, machine: machine(), until: this.#clock() + milliseconds };
    return JSON.stringify(held);
  }

  #lease(path: string, token: string, milliseconds: number): Lease {
    const isOwn = async (): Promise<boolean> => {
      const held = await readHeld(path);
      return held !== null && held !== "half-written" && held.token === token;
    };
    return {
      token,
      renew: async () => {
        if (!(await isOwn())) return false;
        const temporary = `${path}.${token}.tmp`;
        await writeFile(temporary, this.#content(token, milliseconds));
        await rename(temporary, path);
        return true;
      },
      release: async () => {
        if (await isOwn()) await rm(path, { force: true });
      },
    };
  }

  #isLive(held: Held): boolean {
    if (held.until <= this.#clock()) return false;
    return held.machine !== machine() || isAlive(held.pid);
  }

  // Two may find a lease dead at once; what the second one moves away may be the first one's new lease.
  async #remove(path: string, token: string, seen: Held): Promise<boolean> {
    const dead = `${path}.${token}.dead`;
    try {
      await rename(path, dead);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
      throw error;
    }
    const moved = await readHeld(dead);
    const other = moved !== null && (moved === "half-written" || moved.token !== seen.token);
    if (other) await link(dead, path).catch(() => {});
    await rm(dead, { force: true });
    return !other;
  }

  /** Removes leases that are over, and what processes left that died while they wrote one. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      if (!name.endsWith(".lease")) {
        const info = await stat(path).catch(() => null);
        if (info !== null && Date.now() - info.mtimeMs > 60_000) await rm(path, { force: true });
        continue;
      }
      const held = await readHeld(path);
      if (held !== null && held !== "half-written" && !this.#isLive(held)) await this.#remove(path, randomBytes(8).toString("hex"), held);
    }
  }
}

function fileName(name: string): string {
  return name.replaceAll(":", "_") + ".lease";
}

async function readHeld(path: string): Promise<Held | "half-written" | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return null;
  }
  try {
    return JSON.parse(text) as Held;
  } catch {
    const info = await stat(path).catch(() => null);
    if (info === null) return null;
    return Date.now() - info.mtimeMs < HALF_WRITTEN ? "half-written" : { token: "", pid: 0, machine: "", until: 0 };
  }
}

/** True where a process of this machine runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

let known: string | undefined;

// Process numbers mean something within one start of one machine, and one container of it.
function machine(): string {
  if (known === undefined) {
    const parts = [hostname()];
    try {
      parts.push(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), readlinkSync("/proc/self/ns/pid"));
    } catch {
      // Not Linux: the name alone.
    }
    known = parts.join("/");
  }
  return known;
}
