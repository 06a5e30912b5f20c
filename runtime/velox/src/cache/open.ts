// Which store a server gets: what the environment says, else what `velox.config` says, else files beside the build.

import { stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { FileStore } from "./files/files.js";
import { safeName } from "./keys.js";
import { MemoryStore } from "./memory.js";
import type { CacheConfig } from "./settings.js";
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
  if (url === "" && config.store === "memory") return new MemoryStore({ ...shared, since });
  const folder = folderOf(config, output, project, environment);
  return FileStore.open({ ...shared, folder, build: safeName(app.build), since, ...(maxEntries === undefined ? {} : { maxEntries }) });
}

/** The folder of the store of files: outside of what a build replaces, where that is known. */
export function folderOf(config: CacheConfig, output: string, project: string, environment: NodeJS.ProcessEnv): string {
  const wanted = environment["VELOX_CACHE_FOLDER"] || config.folder;
  if (wanted !== undefined) return resolve(project, wanted);
  return output.endsWith(`${sep}.velox${sep}output`) ? resolve(output, "..", "cache", "isr") : join(output, ".cache");
}
