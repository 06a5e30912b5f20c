// Pages that the build has rendered, as the prerenderer left them: `server/pages.json` names each page's
// file, route and tags. Refuses a file that lies outside of the output folder.

import { readFile, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { etagOf } from "../server/etag.js";
import type { PageContent, PrerenderedPage, PrerenderedPages } from "../server/isr.js";

/** One page in `server/pages.json`. */
export interface PageRecord {
  readonly route: string;
  /** Relative to the output folder, with forward slashes. */
  readonly file: string;
  readonly tags: readonly string[];
  readonly revalidate: number | false;
}

/** Contents of `server/pages.json`. */
export interface PagesFile {
  readonly version: 1;
  readonly pages: { readonly [path: string]: PageRecord };
}

/** Where the prerenderer writes its list, relative to the output folder. */
export const PAGES_FILE = "server/pages.json";

const HELD_BYTES = 64 * 1024 * 1024;

/** The prerendered pages of an output folder. */
export class OutputPages implements PrerenderedPages {
  readonly #root: string;
  readonly #pages: ReadonlyMap<string, PageRecord>;
  readonly #held = new Map<string, PageContent>();
  #bytes = 0;

  private constructor(root: string, pages: ReadonlyMap<string, PageRecord>) {
    this.#root = root;
    this.#pages = pages;
  }

  /** Reads the list; an output without one has no prerendered pages. */
  static async read(output: string): Promise<OutputPages> {
    const root = resolve(output);
    let text: string;
    try {
      text = await readFile(join(root, PAGES_FILE), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new OutputPages(root, new Map());
      throw error;
    }
    const { pages } = JSON.parse(text) as PagesFile;
    return new OutputPages(root, new Map(Object.entries(pages)));
  }

  /** Files of `static/` that are pages, relative to `static/`. */
  get staticFiles(): ReadonlySet<string> {
    const files = new Set<string>();
    for (const { file } of this.#pages.values()) if (file.startsWith("static/")) files.add(file.slice("static/".length));
    return files;
  }

  find(path: string): PrerenderedPage | null {
    const record = this.#pages.get(path);
    if (record === undefined) return null;
    return {
      route: record.route,
      tags: record.tags,
      revalidate: record.revalidate,
      read: () => this.#read(path, record),
      peek: () => this.#held.get(path) ?? null,
    };
  }

  async #read(path: string, record: PageRecord): Promise<PageContent> {
    const held = this.#held.get(path);
    if (held !== undefined) return held;
    const file = resolve(this.#root, record.file);
    if (!file.startsWith(this.#root + sep)) throw new Error(`${record.file} lies outside of the output folder`);
    const [body, info] = await Promise.all([readFile(file), stat(file)]);
    const content: PageContent = { body, etag: etagOf(body), time: info.mtimeMs };
    if (this.#bytes + body.byteLength <= HELD_BYTES) {
      this.#bytes += body.byteLength;
      this.#held.set(path, content);
    }
    return content;
  }
}
