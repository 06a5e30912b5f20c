// Keys of entries. What a page or a piece of data depends on is hashed as a whole, so that no path makes a key of
// another form, a longer one, or one that differs in case alone. Pages belong to a build; data and tags outlive it.

import { createHash } from "node:crypto";
import type { CacheConfig } from "./settings.js";
import type { Key } from "./store.js";

const REMEMBERED = 20_000;
const SAFE = /^[A-Za-z0-9._-]{1,64}$/;

/** A name as a part of keys and folders. */
export function safeName(name: string): string {
  if (SAFE.test(name) && !/^\.+$/.test(name)) return name;
  return name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 40) + "-" + sha256(name).slice(0, 16);
}

/** What begins the keys of an application: its name, unless the configuration says otherwise. */
export function prefixOf({ name = "velox", cache }: { readonly name?: string; readonly cache?: CacheConfig | null }): string {
  const store = cache?.store;
  return safeName((typeof store === "object" ? store.prefix : undefined) ?? name);
}

/** Makes the keys of one application. */
export class Keys {
  readonly #pages: string;
  readonly #data: string;
  // Hashing costs more than all else that a hit does.
  readonly #known = new Map<string, Key>();

  constructor(app: string, build: string) {
    this.#pages = `${safeName(app)}:${safeName(build)}:p:`;
    this.#data = `${safeName(app)}:d:`;
  }

  /** The key of a page (ISR-7). */
  page(route: string, path: string): Key {
    const text = route + "\0" + path;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const key = this.#pages + sha256(text);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(text, key);
    return key;
  }

  /** The key of data; parts are told apart by their lengths, and bytes are taken as bytes (FET-6). */
  data(...parts: readonly (string | Uint8Array)[]): Key {
    const hash = createHash("sha256");
    for (const part of parts) {
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      hash.update(bytes.byteLength + ":").update(bytes);
    }
    return this.#data + hash.digest("hex");
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A key in its parts; null for what is no key. */
export function partsOf(key: Key): { readonly app: string; readonly build: string | null; readonly hash: string } | null {
  const match = /^([\w.-]+):(?:([\w.-]+):p|d):([0-9a-f]{64})$/.exec(key);
  return match === null ? null : { app: match[1]!, build: match[2] ?? null, hash: match[3]! };
}
