// Static files of the output. The folder is read once at the start and requests are looked up in a map,
// so no path from outside ever reaches the file system (case 9). Refuses links that lead out of the
// folder, source maps and `.velox` sources (case 59), and pages, which only their route may serve.

import { createReadStream } from "node:fs";
import { lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { etagOf, matchesEtag } from "../server/etag.js";
import { encodeSegment } from "../server/path.js";
import { textReply, type Reply } from "../server/reply.js";
import { typeOf } from "./mime.js";

interface StaticFile {
  readonly path: string;
  readonly size: number;
  readonly modified: Date;
  readonly type: string;
  readonly immutable: boolean;
  etag: Promise<string> | null;
  content: Buffer | null;
}

/** What of a request matters for a file. */
export interface FileRequest {
  readonly method: string;
  header(name: string): string | null;
}

const HASHED = "/_velox/";
const MEMORY_FILE = 64 * 1024;
const MEMORY_TOTAL = 32 * 1024 * 1024;
const TAGGED_BY_CONTENT = 4 * 1024 * 1024;
const HIDDEN = /(?:\.map|\.velox)$/i;

/** The files of one folder by URL path. */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, StaticFile>;
  #held = 0;

  private constructor(files: ReadonlyMap<string, StaticFile>) {
    this.#files = files;
  }

  /** Reads the folder; `pages` are paths, relative to it, that are not files of their own. */
  static async read(folder: string, pages: ReadonlySet<string>): Promise<StaticFiles> {
    const files = new Map<string, StaticFile>();
    let root: string;
    try {
      root = await realpath(folder);
    } catch {
      return new StaticFiles(files);
    }
    const folders = [root];
    while (folders.length > 0) {
      const current = folders.pop()!;
      for (const entry of await readdir(current, { withFileTypes: true })) {
        const path = join(current, entry.name);
        if (entry.isDirectory()) {
          folders.push(path);
          continue;
        }
        const real = entry.isSymbolicLink() ? await realpath(path).catch(() => null) : path;
        if (real === null || !isInside(root, real)) continue;
        const info = await stat(real);
        const name = relative(root, path).split(sep).join("/");
        if (!info.isFile() || HIDDEN.test(name) || pages.has(name)) continue;
        const url = "/" + name.split("/").map(encodeSegment).join("/");
        files.set(url, {
          path: real,
          size: info.size,
          modified: info.mtime,
          type: typeOf(name),
          immutable: url.startsWith(HASHED),
          etag: null,
          content: null,
        });
      }
    }
    return new StaticFiles(files);
  }

  /** True where a request for the canonical path is answered here, or by nobody. */
  owns(path: string): boolean {
    return this.#files.has(path) || path.startsWith(HASHED);
  }

  /** The answer for a canonical path, or null where there is no such file. */
  async answer(path: string, request: FileRequest): Promise<Reply | null> {
    const file = this.#files.get(path);
    if (file === undefined) {
      return path.startsWith(HASHED) ? textReply(404, "Not Found") : null;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return textReply(405, "Method Not Allowed", [["allow", "GET, HEAD"]]);
    }
    const etag = await (file.etag ??= this.#tagOf(file));
    const headers: [string, string][] = [
      ["content-type", file.type],
      ["cache-control", file.immutable ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate"],
      ["etag", etag],
      ["last-modified", file.modified.toUTCString()],
      ["accept-ranges", "bytes"],
      ["x-content-type-options", "nosniff"],
    ];
    if (matchesEtag(request.header("if-none-match"), etag)) {
      return { status: 304, headers: headers.filter(([name]) => name !== "content-type"), body: null };
    }
    const range = readRange(request, etag, file.size);
    if (range === "none") {
      return { ...textReply(416, "Range Not Satisfiable", [["content-range", `bytes */${file.size}`]]) };
    }
    if (range !== null) {
      headers.push(["content-range", `bytes ${range.from}-${range.to}/${file.size}`]);
    }
    const length = range === null ? file.size : range.to - range.from + 1;
    headers.push(["content-length", String(length)]);
    const status = range === null ? 200 : 206;
    if (request.method === "HEAD") return { status, headers, body: null };
    return { status, headers, body: await this.#bodyOf(file, range) };
  }

  async #tagOf(file: StaticFile): Promise<string> {
    if (file.size > TAGGED_BY_CONTENT) return `W/"${file.size.toString(36)}-${file.modified.getTime().toString(36)}"`;
    return etagOf(await this.#contentOf(file));
  }

  async #contentOf(file: StaticFile): Promise<Buffer> {
    if (file.content !== null) return file.content;
    const content = await readWhole(file);
    if (file.size <= MEMORY_FILE && this.#held + file.size <= MEMORY_TOTAL) {
      this.#held += file.size;
      file.content = content;
    }
    return content;
  }

  async #bodyOf(file: StaticFile, range: { from: number; to: number } | null): Promise<Reply["body"]> {
    if (file.size === 0) return "";
    if (file.size <= MEMORY_FILE) {
      const content = await this.#contentOf(file);
      return range === null ? content : content.subarray(range.from, range.to + 1);
    }
    await checkUnchanged(file);
    const stream = createReadStream(file.path, range === null ? {} : { start: range.from, end: range.to });
    return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  }
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root + sep);
}

async function readWhole(file: StaticFile): Promise<Buffer> {
  await checkUnchanged(file);
  const handle = await open(file.path, "r");
  try {
    const content = Buffer.alloc(file.size);
    let at = 0;
    while (at < file.size) {
      const { bytesRead } = await handle.read(content, at, file.size - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return content.subarray(0, at);
  } finally {
    await handle.close();
  }
}

// A file that has become a link since the folder was read is not followed.
async function checkUnchanged(file: StaticFile): Promise<void> {
  const info = await lstat(file.path);
  if (!info.isFile()) throw new Error(`${file.path} is no longer the file that was found at the start`);
}

// One range of bytes; several, or anything that cannot be read, give the whole file.
function readRange(request: FileRequest, etag: string, size: number): { from: number; to: number } | "none" | null {
  const header = request.header("range");
  if (header === null || header.length > 100) return null;
  const condition = request.header("if-range");
  if (condition !== null && condition !== etag) return null;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "") {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? "none" : { from: Math.max(0, size - last), to: size - 1 };
  }
  const from = Number(match[1]);
  const to = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== "" && Number(match[2]) < from) return null;
  return from >= size ? "none" : { from, to };
}
