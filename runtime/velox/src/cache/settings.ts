// What `velox.config` may say about the cache.

/** Settings of a Redis or Valkey server. */
export interface RedisConfig {
  readonly type: "redis";
  /** `redis://` or `rediss://`; a password belongs into the environment, as `VELOX_CACHE_URL` or `VELOX_CACHE_PASSWORD`. */
  readonly url?: string;
  /** Begins every key; the name of the application unless said otherwise. */
  readonly prefix?: string;
}

/** `cache` of the configuration. */
export interface CacheConfig {
  /** Where entries are kept; files unless said otherwise. */
  readonly store?: "files" | "memory" | RedisConfig;
  /** Folder of the store of files, relative to the project. */
  readonly folder?: string;
  /** Bytes of entries held in each process. */
  readonly memoryBytes?: number;
  /** About how many entries are kept in all. */
  readonly maxEntries?: number;
  /** Whether a shared cache stands in front and may keep `isr` pages. */
  readonly cdn?: boolean;
  /** Address to which invalidations are posted for that cache. */
  readonly purge?: string;
}
