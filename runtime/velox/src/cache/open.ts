// Which store a server gets: what the environment says, else what `velox.config` says, else files beside the build.

import { stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { FileStore } from "./files/files.js";
import { prefixOf, safeName } from "./keys.js";
import { MemoryStore } from "./memory.js";
import type { RedisStoreSettings } from "./redis/redis.js";
import type { CacheConfig } from "./settings.js";
import { shownAddress } from "./redis/address.js";
import { warnToConsole, type CacheStore } from "./store.js";

/** What a store is opened for. */
export interface StoreFor {
  readonly app: { readonly name?: string; readonly build: string; readonly cache?: CacheConfig | null };
  /** The output folder of the build. */
  readonly output: string;
  /** The project's folder. */
  readonly project: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly warn?: (message: string) => void;
}

/** A setting of the cache that cannot be used; the message is one line for the person who started the server. */
export class CacheSettingError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "CacheSettingError";
  }
}

const BUILD_TIME = 60 * 60 * 1000;

/** Opens the store of an application. */
export async function openStore({ app, output, project, environment = process.env, warn = warnToConsole }: StoreFor): Promise<CacheStore> {
  const config = app.cache ?? {};
  const url = environment["VELOX_CACHE_URL"] ?? "";
  if (url !== "" && !/^rediss?:\/\//.test(url)) throw new CacheSettingError("VELOX_CACHE_URL begins with neither redis:// nor rediss://");
  const { memoryBytes, maxEntries } = config;
  const shared = { warn, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
  const since = await stat(join(output, "server", "pages.json")).then((info) => info.mtimeMs - BUILD_TIME, () => Date.now());
  const redis = typeof config.store === "object" ? config.store : null;
  if (url !== "" || redis !== null) {
    const address = url !== "" ? url : (redis?.url ?? "redis://127.0.0.1:6379");
    if (!URL.canParse(address)) throw new CacheSettingError(`${url !== "" ? "VELOX_CACHE_URL" : "the url of cache"} is no address`);
    const password = environment["VELOX_CACHE_PASSWORD"];
    return openRedis({ ...shared, url: address, prefix: prefixOf(app), project, ...(password === undefined ? {} : { password }) });
  }
  if (config.store === "memory") return new MemoryStore({ ...shared, since });
  const folder = folderOf(config, output, project, environment);
  return FileStore.open({ ...shared, folder, build: safeName(app.build), since, ...(maxEntries === undefined ? {} : { maxEntries }) });
}

// Loaded where it is chosen: most sites do without.
async function openRedis(settings: RedisStoreSettings): Promise<CacheStore> {
  const { RedisStore } = await import("./redis/redis.js");
  const { MissingClient } = await import("./redis/link.js");
  try {
    return await RedisStore.open(settings);
  } catch (error) {
    if (error instanceof MissingClient) throw new CacheSettingError(error.message, error);
    throw new CacheSettingError(`the cache at ${shownAddress(settings.url)} cannot be opened: ${(error as Error).message}`, error);
  }
}

/** The folder of the store of files: outside of what a build replaces, where that is known. */
export function folderOf(config: CacheConfig, output: string, project: string, environment: NodeJS.ProcessEnv): string {
  const wanted = environment["VELOX_CACHE_FOLDER"] || config.folder;
  if (wanted !== undefined) return resolve(project, wanted);
  return output.endsWith(`${sep}.velox${sep}output`) ? resolve(output, "..", "cache", "isr") : join(output, ".cache");
}
