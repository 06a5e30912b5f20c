// The small tree that every dialect is printed from, and the words that build it.

/** An expression in an attribute. */
export class X {
  constructor(e) {
    this.e = e;
  }
}
export const x = (e) => new X(e);
export const el = (tag, attrs = [], kids = []) => ({ t: "el", tag, attrs, kids });
export const comp = (tag, attrs = [], kids = []) => ({ t: "el", tag, attrs, kids, comp: true });
export const tx = (s) => ({ t: "text", s });
export const ex = (e) => ({ t: "expr", e });
export const map = (list, item, key, kids, consts = []) => ({ t: "map", list, item, key, kids, consts });
export const iff = (cond, then, els = null) => ({ t: "if", cond, then, els });
export const cls = (...l) => ["class:list", l];
