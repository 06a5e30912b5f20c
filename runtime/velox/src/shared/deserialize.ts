// The browser's side of serialize.ts. JSON is read here; the decoder for the rest is loaded when the first value
// needs it, so that a page of plain data pays nothing. Refuses to make anything that runs.

/** Reads a value that `encodeValue` wrote; a promise of it where the decoder has to be loaded first. */
export function decodeValue(text: string, flag: number): unknown {
  return flag === 0 ? JSON.parse(text) : import("./decoder.js").then((decoder) => decoder.decode(text));
}
