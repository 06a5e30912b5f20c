// The prerenderer as a program: `node main.js <output folder> [project folder]`. It reports events (see
// `events.ts`) and ends with status 1 where a page failed.

import { readFileSync, rmSync } from "node:fs";
import { resolve, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { App } from "../server/app.js";
import { loadEnvironment } from "../node/environment.js";
import { openEvents } from "./events.js";
import { describe } from "./failure.js";
import { prerender } from "./index.js";
import { positionOf, stackLines } from "./position.js";

process.setSourceMapsEnabled(true);
const report = openEvents();
const output = resolve(process.argv[2] ?? ".velox/output");
const project = resolve(process.argv[3] ?? join(output, "..", ".."));
let failed: number;
try {
  loadEnvironment(project);
  const concurrency = Number(process.env["VELOX_PRERENDER_CONCURRENCY"] ?? "") || 8;
  const timeout = Number(process.env["VELOX_PRERENDER_TIMEOUT"] ?? "");
  const without = readWithout(process.env["VELOX_PRERENDER_WITHOUT"]);
  const module = (await import(pathToFileURL(join(output, "server", "app.js")).href)) as { default: App };
  failed = await prerender({ app: module.default, output, project, concurrency, ...(timeout > 0 ? { timeout } : {}), without, report });
} catch (error) {
  // The application itself could not be loaded.
  report({
    event: "failed", route: null, file: null, path: null, params: null, message: describe(error),
    stack: stackLines(error), position: positionOf(error, project, output),
  });
  report({ event: "done", failed: 1 });
  failed = 1;
}
// Connections that the application's modules hold open must not keep the build waiting.
process.exit(failed === 0 ? 0 : 1);

// The list is no part of the output that it lies in.
function readWithout(file: string | undefined): [string, string | null][] {
  if (file === undefined) return [];
  const text = readFileSync(file, "utf8");
  rmSync(file);
  return JSON.parse(text) as [string, string | null][];
}
