// @velox/query: what components and server blocks import. In this release pages are rendered with it on the
// server; the browser's half is not part of it yet.

export { dehydrate, hydrate, QueryClient, type DehydratedState, type FetchOptions, type QueryState } from "./client.js";
export {
  createMutation, createQuery, QueryClientProvider, useMutation, useQuery, useQueryClient,
  type MutationOptions, type MutationResult, type QueryOptions, type QueryResult,
} from "./hooks.js";
export { hashKey, type QueryKey } from "./key.js";
