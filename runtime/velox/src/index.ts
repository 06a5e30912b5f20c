// What templates and configuration import.

export type { CacheConfig, RedisConfig } from "./cache/settings.js";
export { defineConfig, redis, type VeloxConfig } from "./config.js";
export type { ClassValue, StyleValue } from "./shared/class.js";
export { Html } from "./shared/html.js";
export type { Meta } from "./render/meta.js";
export { Head, Suspense, type SuspenseProps } from "./boundary.js";
