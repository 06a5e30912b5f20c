// Where in the project an error came from: the first frame of its stack, mapped back by the source maps
// of the build, that lies in a source of the project. Refuses to name a place in generated code or in
// a package.

import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Position } from "./events.js";

// Folders may have parentheses in their names, so the path is what begins like one.
const FRAME = /^at (?:async )?(?:.*? \()??((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

/** The frames of an error's stack, without its message. */
export function stackLines(error: unknown): string[] {
  const stack: unknown = typeof error === "object" && error !== null ? (error as { stack?: unknown }).stack : null;
  if (typeof stack !== "string") return [];
  return stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
}

/** The first place of the stack inside of the project. */
export function positionOf(error: unknown, project: string, output: string): Position | null {
  for (const line of stackLines(error)) {
    const match = FRAME.exec(line);
    if (match === null) continue;
    const path = toPath(match[1]!);
    if (path === null || !isInside(project, path) || isInside(output, path) || path.includes(`${sep}node_modules${sep}`)) continue;
    const file = relative(project, path).split(sep).join("/");
    if (file.startsWith(".velox/")) continue;
    return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return null;
}

function toPath(text: string): string | null {
  if (text.startsWith("file://")) {
    try {
      return fileURLToPath(text);
    } catch {
      return null;
    }
  }
  return isAbsolute(text) ? text : null;
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
