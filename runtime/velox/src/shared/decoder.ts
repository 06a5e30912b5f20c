// Reads what `encodeValue` wrote with the flag 1: the format of devalue's `stringify`, for the values that the encoder
// lets through and no others, in a third of the bytes of its `parse`. Refuses `__proto__`, arrays that are long in
// name only, and every type that is not listed here.

import { SPARSE_LIMIT } from "./serialize-limits.js";

const PLAIN = /^(?:Date|URL|URLSearchParams|RegExp)$/;
const VIEW = /^(?:(?:Big)?(?:Ui|I)nt\d+|Uint8Clamped|Float\d+)Array$|^DataView$/;
// What stands for a value that JSON has no word for, by its negated number.
const SPECIAL = [, undefined, undefined, NaN, Infinity, -Infinity, -0];
const HOLE = -2;
const SPARSE = -7;

/** Reads text that `encodeValue` gave the flag 1. */
export function decode(text: string): unknown {
  const parsed = JSON.parse(text) as number | unknown[];
  const source = Array.isArray(parsed) ? parsed : [];
  const made: unknown[] = [];

  const set = (object: object, key: string | number, value: unknown): void => {
    if (key === "__proto__") throw new Error("A property named __proto__ is not read");
    (object as Record<string | number, unknown>)[key] = at(value);
  };

  const tagged = (index: number, [type, ...rest]: [string, ...unknown[]]): unknown => {
    if (type === "Map") {
      const map = (made[index] = new Map());
      for (let i = 0; i < rest.length; i += 2) map.set(at(rest[i]), at(rest[i + 1]));
      return map;
    }
    if (type === "Set") {
      const items = (made[index] = new Set());
      for (const item of rest) items.add(at(item));
      return items;
    }
    if (type === "BigInt") return BigInt(rest[0] as string);
    if (type === "ArrayBuffer") return Uint8Array.from(atob(rest[0] as string), (c) => c.charCodeAt(0)).buffer;
    const Type = (globalThis as unknown as Record<string, new (...args: unknown[]) => object>)[type]!;
    if (PLAIN.test(type)) return new Type(...rest);
    const buffer = VIEW.test(type) && at(rest[0]);
    if (!(buffer instanceof ArrayBuffer)) throw new Error(`A value of the type ${type} is not read`);
    return new Type(buffer, ...rest.slice(1));
  };

  const at = (index: unknown): unknown => {
    if (typeof index !== "number" || !(index < source.length) || index <= SPARSE) throw new Error("A value that is not there is not read");
    if (index < 0) return SPECIAL[-index];
    if (index in made) return made[index];
    const value = source[index];
    if (value === null || typeof value !== "object") return (made[index] = value);
    if (!Array.isArray(value)) {
      const object = (made[index] = {});
      for (const key of Object.keys(value)) set(object, key, (value as Record<string, unknown>)[key]);
      return object;
    }
    if (typeof value[0] === "string") return (made[index] = tagged(index, value as [string]));
    const array: unknown[] = (made[index] = []);
    if (value[0] === SPARSE) {
      const length = value[1] as number;
      if (!(length <= SPARSE_LIMIT)) throw new RangeError(`An array of ${length} items, most of which are missing, is not read`);
      array.length = length;
      for (let i = 2; i < value.length; i += 2) set(array, value[i] as number, value[i + 1]);
    } else {
      array.length = value.length;
      value.forEach((item, i) => item === HOLE || set(array, i, item));
    }
    return array;
  };

  return at(typeof parsed === "number" ? parsed : 0);
}
