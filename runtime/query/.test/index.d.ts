export { dehydrate, hydrate, QueryClient, type DehydratedState, type FetchOptions, type QueryState } from "./client.js";
export { createMutation, createQuery, QueryClientProvider, useMutation, useQuery, useQueryClient, type MutationOptions, type MutationResult, type QueryOptions, type QueryResult, } from "./hooks.js";
export { hashKey, type QueryKey } from "./key.js";
