// Reads the encoding of devalue. Loaded on demand by deserialize.ts.

import { parse } from "devalue";
import { SPARSE_LIMIT } from "./serialize-limits.js";

/** Reads text that `encodeValue` gave the flag 1. */
export function decode(text: string): unknown {
  return parse(text, undefined, { operations: { createSparseArray } });
}

// A length is a few bytes of text, whatever it promises; nobody shall loop over it.
function createSparseArray(length: number): unknown[] {
  if (length > SPARSE_LIMIT) throw new RangeError(`An array of ${length} items, most of which are missing, is not read`);
  return new Array<unknown>(length);
}
