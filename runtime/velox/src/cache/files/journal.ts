// The journal of invalidations in a folder that several processes share. A record is on the disk before the promise
// of `append` resolves; what others append is read a moment later. Refuses to trust the end of a file: a record that
// is cut off is skipped, and those after it are read.
//
// The journal is shortened by moving it aside (`tags.<id>.old`), writing what still matters into `tags.base`, and
// removing what was moved. Who appends looks afterwards whether the file was moved meanwhile, and then appends once
// more to the new one; so a record is always in a file that is still to be read.

import { createHash, randomBytes } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { InvalidationMode } from "../store.js";

/** One invalidation. */
export interface Invalidation {
  readonly time: number;
  readonly mode: InvalidationMode;
  readonly tags: readonly string[];
}

/** Takes invalidations; `own` are those that this journal appended itself. */
export type TakeInvalidation = (invalidation: Invalidation, own: boolean) => void;

const LOG = "tags.log";
const BASE = "tags.base";
const MOVED = /^tags\.[0-9a-f]+\.old$/;
const MAGIC = Buffer.from("VTR1");
const HEAD = 16;
const LONGEST = 16 * 1024 * 1024;
const TAGS_PER_RECORD = 500;
const NOTHING = Buffer.alloc(0);

/** Appends and follows the invalidations of a folder. */
export class Journal {
  readonly #folder: string;
  readonly #take: TakeInvalidation;
  readonly #own = new Set<string>();
  #handle: { readonly file: FileHandle; readonly inode: number } | null = null;
  #waiting: { readonly bytes: Buffer; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | null = null;
  #polling: Promise<void> | null = null;
  /** The file that was read last, and how far. It stays open, so that no new file gets its number. */
  #read: { readonly file: FileHandle | null; readonly inode: number; to: number } = { file: null, inode: -1, to: 0 };
  /** The base that was read last; undefined before the first reading. */
  #base: string | undefined;

  constructor(folder: string, take: TakeInvalidation) {
    this.#folder = folder;
    this.#take = take;
  }

  /** Bytes of the journal that have been read. */
  get length(): number {
    return this.#read.to;
  }

  /** Makes ready for `append`, so that an invalidation is one write and one sync from the first on. */
  async prepare(): Promise<void> {
    this.#handle ??= await this.#openLog();
  }

  /** Resolves when the invalidation is on the disk. */
  append(invalidation: Invalidation): Promise<void> {
    const id = randomBytes(8).toString("hex");
    this.#own.add(id);
    const bytes = encodeRecord(invalidation, id);
    return new Promise<void>((done, failed) => {
      this.#waiting.push({ bytes, done, failed });
      // All that come while one write is under way share the next.
      this.#writing ??= this.#write().finally(() => (this.#writing = null));
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeDurably(Buffer.concat(batch.map(({ bytes }) => bytes)));
        for (const { done } of batch) done();
      } catch (error) {
        await this.#letGo();
        for (const { failed } of batch) failed(error);
      }
    }
  }

  async #writeDurably(bytes: Buffer): Promise<void> {
    for (;;) {
      const { file, inode } = (this.#handle ??= await this.#openLog());
      const { bytesWritten } = await file.write(bytes);
      if (bytesWritten < bytes.length) throw Object.assign(new Error("the disk took a part of an invalidation"), { code: "ENOSPC" });
      // The bytes and the length; when the file was written says nothing to anybody.
      await file.datasync();
      if ((await inodeOf(join(this.#folder, LOG))) === inode) return;
      await this.#letGo();
    }
  }

  async #openLog(): Promise<{ file: FileHandle; inode: number }> {
    const file = await open(join(this.#folder, LOG), "a");
    const { ino, size } = await file.stat();
    // The name of a new file has to be on the disk too.
    if (size === 0) await syncFolder(this.#folder);
    return { file, inode: ino };
  }

  async #letGo(): Promise<void> {
    const { file } = this.#handle ?? {};
    this.#handle = null;
    await file?.close().catch(() => {});
  }

  /** Reads what has been appended since, by whomever. */
  poll(): Promise<void> {
    return this.#polling ?? this.#alone(() => this.#poll());
  }

  // One reading at a time: each goes on where the last one ended.
  async #alone(read: () => Promise<void>): Promise<void> {
    while (this.#polling !== null) await this.#polling.catch(() => {});
    return (this.#polling = read().finally(() => (this.#polling = null)));
  }

  async #poll(): Promise<void> {
    const info = await stat(join(this.#folder, LOG)).catch(() => null);
    if ((info?.ino ?? -1) !== this.#read.inode || (await versionOf(join(this.#folder, BASE))) !== this.#base) return this.#readAll();
    const { file, to } = this.#read;
    if (info === null || file === null || info.size <= to) return;
    this.#read.to += this.#takeAll(await contentOf(file, to));
  }

  async #readAll(): Promise<void> {
    const base = join(this.#folder, BASE);
    for (let round = 0; round < 20; round++) {
      this.#base = await versionOf(base);
      // In this order: what is moved while this reads is found in the base, which is read last.
      for (const name of await readdir(this.#folder).catch(() => [])) {
        if (MOVED.test(name)) this.#takeAll(await readFile(join(this.#folder, name)).catch(() => NOTHING));
      }
      const file = await open(join(this.#folder, LOG), "r").catch(() => null);
      await this.#read.file?.close();
      this.#read = { file, inode: file === null ? -1 : (await file.stat()).ino, to: 0 };
      if (file !== null) this.#read.to = this.#takeAll(await contentOf(file, 0));
      this.#takeAll(await readFile(base).catch(() => NOTHING));
      if ((await inodeOf(join(this.#folder, LOG))) === this.#read.inode && (await versionOf(base)) === this.#base) return;
    }
  }

  #takeAll(bytes: Buffer): number {
    const { records, end } = decodeRecords(bytes);
    for (const { id, invalidation } of records) this.#take(invalidation, this.#own.delete(id));
    return end;
  }

  /** Writes `kept` in place of everything that is there. Call it in one process at a time. */
  async compact(kept: (folderIsRead: () => Promise<void>) => Promise<Iterable<Invalidation>>): Promise<void> {
    const log = join(this.#folder, LOG);
    const moved = join(this.#folder, `tags.${randomBytes(6).toString("hex")}.old`);
    const names = (await readdir(this.#folder)).filter((name) => MOVED.test(name)).map((name) => join(this.#folder, name));
    await rename(log, moved).then(() => names.push(moved), ignoreMissing);
    const temporary = join(this.#folder, `tags.${randomBytes(6).toString("hex")}.tmp`);
    const all = await kept(() => this.#alone(() => this.#readAll()));
    const file = await open(temporary, "wx");
    try {
      const records: Buffer[] = [];
      for (const invalidation of all) records.push(encodeRecord(invalidation, ""));
      await file.writeFile(Buffer.concat(records));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.#folder, BASE));
    await syncFolder(this.#folder);
    for (const name of names) await rm(name, { force: true });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#polling?.catch(() => {});
    await this.#letGo();
    await this.#read.file?.close();
    this.#read = { file: null, inode: -1, to: 0 };
  }
}

/** Invalidations in few records: tags of equal time and mode share one. */
export function* gather(all: Iterable<readonly [tag: string, mode: InvalidationMode, time: number]>): Iterable<Invalidation> {
  const groups = new Map<string, { time: number; mode: InvalidationMode; tags: string[] }>();
  for (const [tag, mode, time] of all) {
    const name = mode + time;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { time, mode, tags: [tag] });
    else group.tags.push(tag);
  }
  for (const { time, mode, tags } of groups.values()) {
    for (let at = 0; at < tags.length; at += TAGS_PER_RECORD) yield { time, mode, tags: tags.slice(at, at + TAGS_PER_RECORD) };
  }
}

/** The bytes of a record: magic, length, checksum, content. */
export function encodeRecord({ time, mode, tags }: Invalidation, id: string): Buffer {
  const content = Buffer.from(JSON.stringify([id, time, mode, tags]));
  const head = Buffer.alloc(HEAD);
  MAGIC.copy(head);
  head.writeUInt32BE(content.length, 4);
  checksum(content).copy(head, 8);
  return Buffer.concat([head, content]);
}

/** The whole records in these bytes, and where the first one begins that may still be written. */
export function decodeRecords(bytes: Buffer): { readonly records: { id: string; invalidation: Invalidation }[]; readonly end: number } {
  const records: { id: string; invalidation: Invalidation }[] = [];
  let at = 0;
  let end = 0;
  for (;;) {
    at = bytes.indexOf(MAGIC, at);
    if (at < 0) break;
    const next = at + HEAD + (bytes.length >= at + HEAD ? bytes.readUInt32BE(at + 4) : Infinity);
    const content = next - at <= LONGEST && next <= bytes.length ? bytes.subarray(at + HEAD, next) : null;
    if (content !== null && checksum(content).equals(bytes.subarray(at + 8, at + HEAD))) {
      const [id, time, mode, tags] = JSON.parse(content.toString()) as [string, number, InvalidationMode, string[]];
      records.push({ id, invalidation: { time, mode, tags } });
      at = end = next;
    } else {
      at += MAGIC.length;
    }
  }
  return { records, end };
}

function checksum(content: Buffer): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, HEAD - 8);
}

async function inodeOf(path: string): Promise<number> {
  return stat(path).then((info) => info.ino, () => -1);
}

// A base is replaced as a whole; its number may be that of an earlier one.
async function versionOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then((info) => `${info.ino}:${info.size}:${info.mtimeNs}`, () => "");
}

async function contentOf(file: FileHandle, from: number): Promise<Buffer> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(Math.max(0, size - from));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, bytesRead);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().catch(() => {});
  await handle.close();
}
