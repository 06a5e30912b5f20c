// The cache for hosts and tools of their own: the interface of stores, and the stores that are here.

export { FileStore, type FileStoreSettings } from "./files/files.js";
export { Keys } from "./keys.js";
export { MemoryStore } from "./memory.js";
export { openStore, CacheSettingError, type StoreFor } from "./open.js";
export { RedisStore, type RedisStoreSettings } from "./redis/redis.js";
export type { CacheConfig, RedisConfig } from "./settings.js";
export type {
  CacheStore, Entry, Failure, Found, GetOptions, Health, InvalidationListener, InvalidationMode, Key, Lease, Listed, Stats, StoreSettings, TagState,
} from "./store.js";
export { checkTag, layoutTag, pathTag, routeTag, userTag } from "./tags.js";
