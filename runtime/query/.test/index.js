// @velox/query: what components and server blocks import. In this release pages are rendered with it on the
// server; the browser's half is not part of it yet.
export { dehydrate, hydrate, QueryClient } from "./client.js";
export { createMutation, createQuery, QueryClientProvider, useMutation, useQuery, useQueryClient, } from "./hooks.js";
export { hashKey } from "./key.js";
