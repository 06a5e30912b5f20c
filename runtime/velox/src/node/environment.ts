// Variables of the project's `.env` files (P4), put into `process.env` before any module of the
// application is loaded. What the process was started with wins over every file. Refuses to show a
// value: messages name files and nothing that stands in them.

import { readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { parseEnv } from "node:util";

/** A file of the environment that is there and cannot be read. */
export class EnvironmentFileError extends Error {
  constructor(file: string, cause: NodeJS.ErrnoException) {
    super(`${file} cannot be read: ${cause.code ?? cause.message}`);
    this.name = "EnvironmentFileError";
  }
}

/** The files in the order of their say, the last one winning. */
export function environmentFiles(development: boolean): readonly string[] {
  return [".env", ".env.local", development ? ".env.development" : ".env.production"];
}

/** The project of an output folder: the folder around `.velox/`; where the output was moved away from it, the current one. */
export function projectOf(output: string): string {
  const root = resolve(output);
  return root.endsWith(`${sep}.velox${sep}output`) ? resolve(root, "..", "..") : process.cwd();
}

/** Puts what the files of the folder say into `target`, where it has no value of its own. */
export function loadEnvironment(folder: string, development = false, target: NodeJS.ProcessEnv = process.env): void {
  const found = new Map<string, string>();
  for (const name of environmentFiles(development)) {
    for (const [key, value] of Object.entries(read(join(folder, name)))) {
      // A line without `=` is read as a part of the next name.
      if (/^[^\s\0]+$/.test(key)) found.set(key, value);
    }
  }
  for (const [key, value] of found) {
    if (!Object.hasOwn(target, key)) target[key] = value;
  }
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder of that name is something else, such as the packages of another language.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return {};
    throw new EnvironmentFileError(file, error as NodeJS.ErrnoException);
  }
  return parseEnv(text.replace(/^\uFEFF/, "")) as Record<string, string>;
}
