// What the encoder refuses to write and the decoder to read.

/** The longest array of which most items may be missing. */
export const SPARSE_LIMIT = 100_000;
