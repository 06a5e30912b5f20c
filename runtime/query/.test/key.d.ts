/** What a query is known by: any nesting of plain values. */
export type QueryKey = readonly unknown[];
/** The text of a key; the order of an object's properties does not matter. */
export declare function hashKey(key: QueryKey): string;
