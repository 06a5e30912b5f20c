// Removes one build folder, so that no file of an earlier build is left in it.
import { rmSync } from "node:fs";
import { basename, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? "");
if (!["dist", ".test"].includes(basename(folder))) throw new Error(`not a build folder: ${folder}`);
rmSync(folder, { recursive: true, force: true });
