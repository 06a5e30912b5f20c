// Which of several entries of the head counts (T10): that of the innermost layer, and within a layer the last one in the document.
// Content that comes late may say something too, in any order, and the outcome is that of a page which is sent whole.

import type { HeadEntry } from "./render.js";

/** Entries of one `<Head>` with their place. */
export interface PlacedEntries {
  /** Of the block that wrote them, 0 being the outermost layout. */
  readonly layer: number;
  readonly entries: readonly HeadEntry[];
  /** The place in the document: the index in the shell, then those in the content of boundaries around it. */
  readonly path: readonly number[];
}

function compare(one: PlacedEntries, other: PlacedEntries): number {
  if (one.layer !== other.layer) return one.layer - other.layer;
  const at = one.path.findIndex((index, depth) => index !== other.path[depth]);
  return at < 0 ? 0 : one.path[at]! - (other.path[at] ?? -1);
}

/** The entries of a page's head, of those that have left already. */
export class HeadOrder {
  readonly #last = new Map<string, PlacedEntries>();

  /** Brings entries into the order in which they count; those of the shell. */
  sorted(heads: readonly PlacedEntries[]): PlacedEntries[] {
    const sorted = [...heads].sort(compare);
    for (const placed of sorted) for (const { key } of placed.entries) if (key !== null) this.#last.set(key, placed);
    return sorted;
  }

  /** HTML of late entries, without those that have lost to others which are there. */
  late(heads: readonly PlacedEntries[]): string {
    let html = "";
    const byKey = new Map<string, string>();
    for (const placed of [...heads].sort(compare)) {
      for (const entry of placed.entries) {
        const last = entry.key === null ? undefined : this.#last.get(entry.key);
        if (last !== undefined && compare(placed, last) < 0) continue;
        if (entry.key === null) html += entry.html;
        else {
          this.#last.set(entry.key, placed);
          byKey.set(entry.key, entry.html);
        }
      }
    }
    return html + [...byKey.values()].join("");
  }
}
