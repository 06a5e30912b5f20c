// Words and numbers from one seed: the same corpus everywhere.

function rng(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  "river stone market light garden winter paper engine silver harbor window letter forest planet copper signal bridge velvet summit meadow lantern anchor orchid quartz ember canvas timber ribbon marble thread coral pepper saddle tunnel violin walnut yellow zephyr basket candle dragon feather glacier hollow island jasmine kettle lemon mirror nectar olive pillow".split(
    " ",
  );
let next = rng(1);

/** Begins the sequence of a seed. */
export const seed = (value) => void (next = rng(value));
/** A number from 0 to below 1 that one number alone decides, wherever the sequence is. */
export const fractionOf = (value) => rng(value)();
/** A number from 0 to below 1. */
export const fraction = () => next();
export const int = (a, b) => a + Math.floor(next() * (b - a + 1));
export const pick = (a) => a[Math.floor(next() * a.length)];
export const word = () => pick(WORDS);
export const Cap = (s) => s[0].toUpperCase() + s.slice(1);
export const sentence = (a = 6, b = 14) => Cap(Array.from({ length: int(a, b) }, word).join(" ")) + ".";
export const title = () => Array.from({ length: int(2, 4) }, () => Cap(word())).join(" ");
