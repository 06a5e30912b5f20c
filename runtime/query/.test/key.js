// Query keys as text: two keys give the same text only where they are equal (QRY-8). Refuses what has no
// value to compare: functions, symbols, class instances, cycles, and a key named `__proto__`.
/** The text of a key; the order of an object's properties does not matter. */
export function hashKey(key) {
    return write(key, []);
}
function write(value, around) {
    if (value === undefined)
        return "u";
    if (value === null)
        return "n";
    switch (typeof value) {
        case "string":
            return JSON.stringify(value);
        case "boolean":
            return value ? "t" : "f";
        case "number":
            return Object.is(value, -0) ? "#-0" : `#${value}`;
        case "bigint":
            return `i${value}`;
        case "object":
            return object(value, around);
        default:
            throw new TypeError(`A query key cannot hold a ${typeof value}`);
    }
}
function object(value, around) {
    if (around.includes(value))
        throw new TypeError("A query key cannot hold itself");
    const inside = [...around, value];
    const list = (items) => Array.from(items, (item) => write(item, inside)).join(",");
    if (Array.isArray(value))
        return `[${list(value)}]`;
    if (value instanceof Date)
        return `D${value.getTime()}`;
    if (value instanceof RegExp)
        return `R${JSON.stringify(String(value))}`;
    if (value instanceof URL)
        return `U${JSON.stringify(value.href)}`;
    if (value instanceof Map)
        return `M${Array.from(value, ([k, v]) => `${write(k, inside)}=${write(v, inside)}`).sort().join(";")}.`;
    if (value instanceof Set)
        return `S${Array.from(value, (item) => write(item, inside)).sort().join(";")}.`;
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
        return `${value.constructor.name}(${list(value)})`;
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
        throw new TypeError("A query key cannot hold a class instance");
    const names = Object.keys(value).sort();
    if (names.includes("__proto__"))
        throw new TypeError("A query key cannot hold a property named __proto__");
    return `{${names.map((name) => `${JSON.stringify(name)}:${write(value[name], inside)}`).join(",")}}`;
}
