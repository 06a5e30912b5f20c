// The cache of queries of one rendering. Refuses to fetch by itself: on the server a request is made by
// `prefetchQuery` and `fetchQuery` alone (QRY-1).
import { hashKey } from "./key.js";
/** The cache. Make one for each rendering, in the server block of a page or layout (QRY-2). */
export class QueryClient {
    #states = new Map();
    #running = new Map();
    /** Fetches a query into the cache. Never rejects and tries once; a failed query stays unknown (QRY-3). */
    async prefetchQuery(options) {
        await this.fetchQuery(options).then(undefined, () => undefined);
    }
    /** Fetches a query, or gives what the cache holds of it; one request for callers that ask at once. */
    async fetchQuery(options) {
        const hash = hashKey(options.key);
        const known = this.#states.get(hash);
        if (known !== undefined)
            return known.data;
        const running = this.#running.get(hash);
        if (running !== undefined)
            return running;
        const fetching = (async () => this.setQueryData(options.key, await options.fetcher()))();
        this.#running.set(hash, fetching);
        try {
            return await fetching;
        }
        finally {
            this.#running.delete(hash);
        }
    }
    /** The data of a query, if the cache has it. */
    getQueryData(key) {
        return this.getQueryState(key)?.data;
    }
    /** All that the cache has of a query. */
    getQueryState(key) {
        return this.#states.get(hashKey(key));
    }
    /** Puts data into the cache. */
    setQueryData(key, data, dataUpdatedAt = Date.now()) {
        this.#states.set(hashKey(key), { key, data, dataUpdatedAt });
        return data;
    }
    /** Forgets one query, or all. */
    invalidateQueries(key) {
        if (key === undefined)
            this.#states.clear();
        else
            this.#states.delete(hashKey(key));
    }
    /** Forgets everything. */
    clear() {
        this.#states.clear();
        this.#running.clear();
    }
    /** What the cache holds, in the order in which it came. */
    states() {
        return [...this.#states.values()];
    }
}
/** What a client holds, to be taken over by another. */
export function dehydrate(client) {
    return { queries: client.states() };
}
/** Takes over what another client held; newer data that is there stays (QRY-7). A time in the future is taken for now (QRY-6). */
export function hydrate(client, state) {
    const now = Date.now();
    for (const query of state.queries) {
        const updated = Math.min(query.dataUpdatedAt, now);
        const own = client.getQueryState(query.key);
        if (own === undefined || own.dataUpdatedAt < updated)
            client.setQueryData(query.key, query.data, updated);
    }
}
