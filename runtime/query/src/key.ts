// Query keys as text: two keys give the same text only where they are equal (QRY-8). Refuses what has no
// value to compare: functions, symbols, class instances, cycles, and a key named `__proto__`.

/** What a query is known by: any nesting of the values that can be sent to the browser. */
export type QueryKey = readonly unknown[];

/** The text of a key; the order of an object's properties does not matter. */
export function hashKey(key: QueryKey): string {
  return write(key, []);
}

/** True where a key begins with another, as `['teas', 3]` does with `['teas']`; objects count by the properties that `start` has. */
export function keyStartsWith(key: unknown, start: unknown): boolean {
  if (Array.isArray(key) && Array.isArray(start)) return start.every((item, index) => index < key.length && keyStartsWith(key[index], item));
  if (isPlain(key) && isPlain(start)) {
    return Object.keys(start).every((name) => Object.hasOwn(key, name) && keyStartsWith(key[name], start[name]));
  }
  return write(key, []) === write(start, []);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function write(value: unknown, around: readonly object[]): string {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "boolean":
      return value ? "t" : "f";
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "#-0" : "#" + value;
    case "bigint":
      return "i" + value;
    case "object":
      return value === null ? "n" : writeObject(value, around);
    default:
      throw refused("a " + typeof value);
  }
}

const refused = (what: string): TypeError => new TypeError("A query key cannot hold " + what);

function writeObject(value: object, around: readonly object[]): string {
  if (around.includes(value)) throw refused("itself");
  const inside = [...around, value];
  const one = (item: unknown): string => write(item, inside);
  const list = (items: Iterable<unknown>): string => Array.from(items, one).join();
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (isPlain(value)) {
    const names = Object.keys(value).sort();
    if (names.includes("__proto__")) throw refused("a property named __proto__");
    if (Object.getOwnPropertySymbols(value).length > 0) throw refused("a property named by a symbol");
    return `{${names.map((name) => JSON.stringify(name) + ":" + one(value[name])).join()}}`;
  }
  if (value instanceof Date) return "D" + value.getTime();
  if (value instanceof RegExp || value instanceof URL) return value.constructor.name + JSON.stringify(String(value));
  if (value instanceof Map) return `M{${Array.from(value, ([key, item]) => one(key) + "=" + one(item)).sort().join()}}`;
  if (value instanceof Set) return `S{${Array.from(value, one).sort().join()}}`;
  if (ArrayBuffer.isView(value)) {
    return `${Object.prototype.toString.call(value)}(${list(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))})`;
  }
  throw refused("an instance of a class");
}
