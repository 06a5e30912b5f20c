// How long `veloxc check --watch` takes from a change to the printed findings: what it says itself (`--timings`), which begins when
// the watcher's pause for editors that write in several steps is over.

import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { median } from "./noise.mjs";

const spread = (values) => ({
  min: +Math.min(...values).toFixed(2),
  median: +median(values).toFixed(2),
  max: +Math.max(...values).toFixed(2),
});

/** The pages of a folder, the first of each subfolder. */
function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path).slice(0, 1);
    return entry.name.endsWith(".velox") ? [path] : [];
  });
}

/** Edits one page again and again, then others, each for the first time. The folder is left as it was. */
export async function watch({ veloxc, folder, edits, others = 5 }) {
  const process = spawn(veloxc, ["check", "--watch", "--timings"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const printed = [];
  let wake;
  createInterface({ input: process.stderr }).on("line", (line) => {
    const found = /^printed ([\d.]+) ms after the change$/.exec(line);
    if (found) {
      printed.push(+found[1]);
      wake?.();
    }
  });
  process.on("exit", () => wake?.());
  const next = async (count) => {
    const end = Date.now() + 60_000;
    while (printed.length < count) {
      if (process.exitCode !== null || Date.now() > end) throw new Error("the watched check prints no more");
      await new Promise((done) => {
        wake = done;
        setTimeout(done, 1000);
      });
    }
  };
  const sources = pages(join(folder, "src/routes"));
  const before = new Map();
  const edit = async (path, number) => {
    const text = before.get(path) ?? readFileSync(path, "utf8");
    before.set(path, text);
    writeFileSync(path, text.replace(/<p([ >])/, `<p data-edit="${number}"$1`));
    const count = printed.length + 1;
    await next(count);
    // Until the watcher is quiet again.
    await new Promise((done) => setTimeout(done, 150));
    return printed[count - 1];
  };
  try {
    await next(1);
    const first = await edit(sources[0], 0);
    const again = [];
    for (let number = 1; number <= edits; number++) again.push(await edit(sources[0], number));
    const firsts = [first];
    for (let number = 1; number < others; number++) firsts.push(await edit(sources[number * 7], number));
    return { edits, first_edit_of_a_file_ms: spread(firsts), edit_ms: spread(again), cold_ms: printed[0] };
  } finally {
    process.kill();
    for (const [path, text] of before) writeFileSync(path, text);
  }
}
