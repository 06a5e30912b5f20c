// Machines are shared: how many cores were busy with other work meanwhile, and a wait for a quiet moment. Linux only.

import { readFileSync } from "node:fs";

/** CPU seconds of the whole machine: user, nice, system, interrupts, stolen. */
function busy() {
  const fields = readFileSync("/proc/stat", "utf8").split("\n")[0].trim().split(/\s+/).slice(1).map(Number);
  return [0, 1, 2, 5, 6, 7].reduce((sum, at) => sum + fields[at], 0) / 100;
}

/** A moment: the clock, the machine's CPU seconds, and this process's own. */
export function snap() {
  const cpu = process.cpuUsage();
  return { t: performance.now() / 1000, b: busy(), own: (cpu.user + cpu.system) / 1e6 };
}

/** Cores busy between two moments with work that is not this process's, nor `extra` CPU seconds of its children. */
export function others(a, b, extra = 0) {
  const cores = (b.b - a.b - (b.own - a.own) - extra) / Math.max(0.05, b.t - a.t);
  return +Math.max(0, cores).toFixed(2);
}

/** Waits until little else runs, `longest` milliseconds at most. Gives whether it is quiet. */
export async function quiet(longest = +(process.env.QUIET_MS ?? 30000), below = 0.15) {
  const end = Date.now() + longest;
  for (;;) {
    const before = snap();
    await new Promise((done) => setTimeout(done, 500));
    if (others(before, snap()) < below) return true;
    if (Date.now() > end) return false;
  }
}

/** The middle one, the upper of two. */
export const median = (values) => [...values].sort((x, y) => x - y)[values.length >> 1];
