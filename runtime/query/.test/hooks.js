// Queries and mutations as components see them while a page is rendered on the server: what was prefetched
// or given, or `loading`. Nothing is requested here (QRY-1).
import { createContext, useContext } from "velox/client";
import { QueryClient } from "./client.js";
const clientContext = createContext();
/** Gives a client to everything inside. */
export function QueryClientProvider(props) {
    return clientContext.Provider({ value: props.client, children: props.children });
}
/** The client of the nearest provider. */
export function useQueryClient() {
    const client = useContext(clientContext);
    if (client === undefined)
        throw new Error("useQueryClient() needs a <QueryClientProvider client={...}> around it");
    return client;
}
/** A query's data, as far as it is there. */
export function useQuery(options) {
    const known = useContext(clientContext)?.getQueryState(options.key);
    const given = options.initialData !== undefined;
    const data = known?.data ?? options.initialData;
    const success = known !== undefined || given;
    return {
        data,
        status: success ? "success" : "loading",
        error: null,
        isFetching: false,
        dataUpdatedAt: known?.dataUpdatedAt ?? (given ? (options.initialDataUpdatedAt ?? Date.now()) : 0),
        refetch: onServer("refetch"),
    };
}
/** A mutation, which waits for the browser. */
export function useMutation(_options) {
    return { data: undefined, status: "idle", error: null, mutate: onServer("mutate") };
}
/** The same as `useQuery`, for a query that is made outside of a component's body. */
export const createQuery = useQuery;
/** The same as `useMutation`. */
export const createMutation = useMutation;
function onServer(name) {
    return async () => {
        throw new Error(`${name}() is for the browser: a page is rendered without waiting for it`);
    };
}
