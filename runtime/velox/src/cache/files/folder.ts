// Where entries lie: `pages/<build>/<2 hex>/<62 hex>` and `data/<2 hex>/<62 hex>`. Reads and writes of single
// entries, and walks over all of them. A file is written under another name and then renamed, so a reader sees the
// old entry or the new one. Refuses what is not whole: it is removed and counted, and nobody sees it.

import { randomBytes } from "node:crypto";
import { openSync, closeSync, readSync, renameSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { decodeEntry, encodeEntry, readHead, readStart, START_END } from "../codec.js";
import { partsOf } from "../keys.js";
import type { Entry, Key } from "../store.js";

const TEMPORARY = /^\.tmp-/;
const LEFTOVER_AGE = 60_000;
const MARK = ".since";

/** A file of an entry. */
export interface EntryFile {
  readonly path: string;
  readonly isPage: boolean;
}

/** The files of one cache. */
export class EntryFolder {
  readonly path: string;
  broken = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folders. Throws where that cannot be. */
  async make(): Promise<void> {
    for (const name of ["pages", "data", "leases"]) await mkdir(join(this.path, name), { recursive: true });
  }

  fileOf(key: Key): string {
    const parts = partsOf(key);
    if (parts === null) throw new TypeError(`${JSON.stringify(key)} is no key`);
    const { build, hash } = parts;
    const folder = build === null ? join(this.path, "data") : join(this.path, "pages", build);
    return join(folder, hash.slice(0, 2), hash.slice(2));
  }

  async read(key: Key): Promise<Entry | null> {
    const path = this.fileOf(key);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch {
      return null;
    }
    const decoded = decodeEntry(bytes);
    if (decoded !== null && decoded.key === key) return decoded.entry;
    this.broken++;
    // Only what was read is removed: a good entry may have come in its place.
    if ((await readFile(path).catch(() => null))?.equals(bytes) === true) await rm(path, { force: true }).catch(() => {});
    return null;
  }

  /** Start of the making of the entry that is there; null where there is none. */
  startOf(key: Key): number | null {
    return startOfFile(this.fileOf(key));
  }

  /** Writes an entry unless a later one is there; throws where the disk refuses. `same` takes the place of one of the same start. */
  async write(key: Key, entry: Entry, same = false): Promise<"stored" | "older"> {
    const path = this.fileOf(key);
    const temporary = join(dirname(path), `.tmp-${process.pid}-${randomBytes(6).toString("hex")}`);
    const bytes = encodeEntry(key, entry);
    try {
      await writeFile(temporary, bytes, { flag: "wx" }).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
        await mkdir(dirname(path), { recursive: true });
        await writeFile(temporary, bytes, { flag: "wx" });
      });
      // Nothing of this process comes between the look and the rename.
      const there = startOfFile(path);
      const older = there !== null && (same ? there !== entry.renderStart : there >= entry.renderStart);
      if (!older) renameSync(temporary, path);
      else await rm(temporary, { force: true });
      return older ? "older" : "stored";
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** All files of entries. */
  async *files(): AsyncIterable<EntryFile> {
    for (const build of await builds(this.path)) {
      for await (const path of filesUnder(join(this.path, "pages", build))) yield { path, isPage: true };
    }
    for await (const path of filesUnder(join(this.path, "data"))) yield { path, isPage: false };
  }

  /** What stands in front of an entry's body, without proof. */
  async head(path: string) {
    const file = await open(path, "r").catch(() => null);
    if (file === null) return null;
    try {
      let bytes = Buffer.alloc(4096);
      let { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      let head = readHead(bytes.subarray(0, bytesRead));
      if (head === null && bytesRead === bytes.length) {
        bytes = Buffer.alloc(256 * 1024);
        ({ bytesRead } = await file.read(bytes, 0, bytes.length, 0));
        head = readHead(bytes.subarray(0, bytesRead));
      }
      return head;
    } finally {
      await file.close();
    }
  }

  /** Notes that a build is in use, and the earliest time that its prerendered pages have. */
  async mark(build: string, since: number): Promise<void> {
    const folder = join(this.path, "pages", build);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, MARK), JSON.stringify(since));
    const now = new Date();
    await utimes(join(folder, MARK), now, now);
  }

  /** The builds that have pages here, the last used first. */
  async marked(): Promise<{ readonly build: string; readonly used: number; readonly since: number }[]> {
    const found = [];
    for (const build of await builds(this.path)) {
      const mark = join(this.path, "pages", build, MARK);
      const used = await stat(mark).then((info) => info.mtimeMs, () => 0);
      const since = Number(await readFile(mark, "utf8").catch(() => "0")) || 0;
      found.push({ build, used, since });
    }
    return found.sort((a, b) => b.used - a.used);
  }

  async removeBuild(build: string): Promise<void> {
    await rm(join(this.path, "pages", basename(build)), { recursive: true, force: true });
  }
}

async function builds(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, "pages"), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

// Files that a process left half written are removed on the way.
async function* filesUnder(folder: string): AsyncIterable<string> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory()) continue;
    const inner = join(folder, entry.name);
    for (const name of await readdir(inner).catch(() => [])) {
      const path = join(inner, name);
      if (!TEMPORARY.test(name)) {
        yield path;
        continue;
      }
      const info = await stat(path).catch(() => null);
      if (info !== null && Date.now() - info.mtimeMs > LEFTOVER_AGE) await rm(path, { force: true }).catch(() => {});
    }
  }
}

function startOfFile(path: string): number | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    const bytes = Buffer.alloc(START_END);
    return readSync(file, bytes, 0, START_END, 0) < START_END ? null : readStart(bytes);
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
