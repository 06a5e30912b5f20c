// The settings of a project, `velox.config.ts`. veloxc reads them without running them.

import type { CacheConfig, RedisConfig } from "./cache/settings.js";

/** Settings of a Velox project; every one of them has a default. */
export interface VeloxConfig {
  /** The origin under which the site is reached, like `https://example.com`. */
  readonly site?: string;
  readonly app?: {
    /** `never`: `/about`; `always`: `/about/`; `ignore`: both. Default `never`. */
    readonly trailingSlash?: "never" | "always" | "ignore";
    /**
     * The content security policy of pages: true for a strict one, or directives. The framework's scripts are let through, by a
     * nonce or by their hashes. Default none.
     */
    readonly csp?: boolean | string;
  };
  readonly routes?: {
    /** The path that all routes are under. Default `/`. */
    readonly base?: string;
    /** Patterns of files under `routes/` that are no routes. */
    readonly exclude?: readonly string[];
  };
  readonly server?: {
    /** Hosts that may be asked for where `site` is not set; `*.example.com` stands for subdomains. */
    readonly allowedHosts?: readonly string[];
    /** How many proxies stand in front and may be believed. Default 0. */
    readonly trustProxy?: number;
    /** The longest request body in bytes. Default 1 MiB. */
    readonly bodyLimit?: number;
    /** Seconds that the content of a `<Suspense>` may take. Default 10. */
    readonly streamTimeout?: number;
  };
  /** Where `isr` pages and kept data are: `redis({ ... })`, or an object with more. Files in `.velox/cache/isr` unless said otherwise. */
  readonly cache?: RedisConfig | CacheConfig;
  readonly check?: {
    /** What `veloxc` makes of its codes: `{ VX0312: "off", "unused-ignore": "error" }`. Warnings, hints and a few errors can be changed. */
    readonly severity?: Readonly<Record<string, Severity>>;
  };
  /** What may be chosen about formatting, in `veloxc fmt` and in the editor. */
  readonly format?: {
    /** Columns that a line should not exceed, from 20 to 400. Default 100. */
    readonly lineWidth?: number;
    /** Spaces a level, or a tab. Default 2. */
    readonly indent?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | "tab";
    /** Quotes of strings in TypeScript. Default `single`. */
    readonly quotes?: "single" | "double";
    /** Whether statements end with `;`. Default true. */
    readonly semicolons?: boolean;
  };
}

/** How a finding of `veloxc` is reported. */
export type Severity = "error" | "warning" | "hint" | "off";

/**
 * Keeps pages and data in Redis or Valkey, for a site of several servers. It needs the package `@redis/client`;
 * VELOX_CACHE_URL names another server, VELOX_CACHE_PASSWORD the password.
 */
export function redis(settings: Omit<RedisConfig, "type"> = {}): RedisConfig {
  return { type: "redis", ...settings };
}

/** Gives the settings back; for their types. */
export function defineConfig(config: VeloxConfig): VeloxConfig {
  return config;
}
