// Runs every compiled test under .test/ in Node's own test runner (Node 20 does not expand globs itself).
import { readdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const wanted = process.argv[2] ?? "";
const files = readdirSync(".test", { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".test.js") && file.includes(wanted))
  .sort()
  .map((file) => join(".test", file));
if (files.length === 0) throw new Error("no compiled tests found");
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
process.exit(run.status ?? 1);
