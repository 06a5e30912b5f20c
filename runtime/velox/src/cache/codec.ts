// Entries as bytes, for files and for Redis. A SHA-256 of everything stands at the end: what was cut off, mixed or
// turned over is no entry (case 22 of the stores' tests). The start of its making stands at a fixed place in front,
// so that who wants to know only which of two is newer reads twelve bytes.

import { createHash } from "node:crypto";
import type { Entry, Failure } from "./store.js";

const MAGIC = Buffer.from("VLX1");
const FIXED = 24;
const HASH = 32;
const NO_PAYLOAD = 0xffff_ffff;

/** Where the start of its making stands: a double, big endian. */
export const START_AT = MAGIC.length;
/** Bytes from the beginning that tell the start. */
export const START_END = START_AT + 8;

/** What stands in front of a body; short names, since every entry has them. */
export interface EntryHeader {
  readonly k: string;
  readonly s: number;
  readonly h: readonly (readonly [string, string])[];
  readonly e: string;
  readonly t: readonly string[];
  readonly r: number | false;
  readonly f?: Failure;
}

/** The bytes of an entry; the key goes with it, so that an entry at a wrong place is none. */
export function encodeEntry(key: string, entry: Entry): Buffer {
  const header: EntryHeader = {
    k: key, s: entry.status, h: entry.headers, e: entry.etag, t: entry.tags, r: entry.revalidate,
    ...(entry.failure === undefined ? {} : { f: entry.failure }),
  };
  const text = Buffer.from(JSON.stringify(header));
  const { body, payload } = entry;
  const out = Buffer.allocUnsafe(FIXED + text.length + body.byteLength + (payload?.byteLength ?? 0) + HASH);
  MAGIC.copy(out);
  out.writeDoubleBE(entry.renderStart, START_AT);
  out.writeUInt32BE(text.length, 12);
  out.writeUInt32BE(body.byteLength, 16);
  out.writeUInt32BE(payload?.byteLength ?? NO_PAYLOAD, 20);
  let at = FIXED;
  for (const part of payload === undefined ? [text, body] : [text, body, payload]) {
    out.set(part, at);
    at += part.byteLength;
  }
  createHash("sha256").update(out.subarray(0, at)).digest().copy(out, at);
  return out;
}

/** The entry in these bytes, with its key; null where they are not whole. */
export function decodeEntry(bytes: Buffer): { readonly key: string; readonly entry: Entry } | null {
  const head = readHead(bytes);
  if (head === null) return null;
  const { header, renderStart, bodyAt, bodyLength, payloadLength } = head;
  const end = bodyAt + bodyLength + (payloadLength ?? 0);
  if (bytes.length !== end + HASH) return null;
  if (!createHash("sha256").update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end))) return null;
  const entry: Entry = {
    body: bytes.subarray(bodyAt, bodyAt + bodyLength),
    ...(payloadLength === null ? {} : { payload: bytes.subarray(bodyAt + bodyLength, end) }),
    status: header.s,
    headers: header.h,
    etag: header.e,
    tags: header.t,
    renderStart,
    revalidate: header.r,
    ...(header.f === undefined ? {} : { failure: header.f }),
  };
  return { key: header.k, entry };
}

/** What stands in front of the body, unproved; null where the bytes do not reach that far. */
export function readHead(bytes: Buffer): {
  readonly header: EntryHeader;
  readonly renderStart: number;
  readonly bodyAt: number;
  readonly bodyLength: number;
  readonly payloadLength: number | null;
} | null {
  const renderStart = readStart(bytes);
  if (renderStart === null || bytes.length < FIXED) return null;
  const bodyAt = FIXED + bytes.readUInt32BE(12);
  const payload = bytes.readUInt32BE(20);
  if (bytes.length < bodyAt) return null;
  let header: EntryHeader;
  try {
    header = JSON.parse(bytes.toString("utf8", FIXED, bodyAt)) as EntryHeader;
  } catch {
    return null;
  }
  return { header, renderStart, bodyAt, bodyLength: bytes.readUInt32BE(16), payloadLength: payload === NO_PAYLOAD ? null : payload };
}

/** The start of the making of the entry that begins with these bytes. */
export function readStart(bytes: Buffer): number | null {
  if (bytes.length < START_END || !bytes.subarray(0, START_AT).equals(MAGIC)) return null;
  return bytes.readDoubleBE(START_AT);
}
