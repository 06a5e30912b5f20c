// From the lines of a comparison to its table: medians of rounds, and ratios that were taken within a round.

import { median } from "./noise.mjs";

const LARGE = ["large-1000", "large-5000", "large-20000"];

/** What is asked of the compiler on this corpus. */
export const GOALS = { faster: 2, large: 0.8 };

const spread = (values, digits) => ({
  min: +Math.min(...values).toFixed(digits),
  median: +median(values).toFixed(digits),
  max: +Math.max(...values).toFixed(digits),
});

/** Bytes per second of CPU time: hardly touched by what else runs. */
const perCpu = (line) => line.MB / (line.cpu_ms_median / 1e3);

/** For each compiler its figures; ratios say how often faster `velox-compile` and `velox-napi` were in the same round. */
export function summary(lines) {
  const of = (peer, set) => lines.filter((line) => line.peer === peer && line.set === set && line.MBps);
  const ratios = (ours, peer, figure) =>
    of(peer, "routes").flatMap((line) => {
      const same = of(ours, "routes").find((other) => other.round === line.round);
      return same ? [figure(same) / figure(line)] : [];
    });
  return [...new Set(lines.map((line) => line.peer))].map((peer) => {
    const routes = of(peer, "routes");
    if (!routes.length) return { peer, error: lines.find((line) => line.peer === peer)?.error };
    const ratio = (ours, figure) => {
      const values = ours === peer ? [] : ratios(ours, peer, figure);
      return values.length ? spread(values, 2) : undefined;
    };
    const large = LARGE.flatMap((set) => {
      const found = of(peer, set);
      return found.length
        ? [
            [
              set,
              spread(
                found.map((line) => line.MBps.median),
                2,
              ),
            ],
          ]
        : [];
    });
    // Within a round: the large file's rate beside that of the routes.
    const share = of(peer, "large-20000").flatMap((line) => {
      const same = routes.find((other) => other.round === line.round);
      return same ? [line.MBps.median / same.MBps.median] : [];
    });
    return {
      peer,
      version: routes[0].version,
      node: routes[0].node,
      rounds: routes.length,
      failed: Math.max(...routes.map((line) => line.failed)),
      MBps: {
        min: Math.min(...routes.map((line) => line.MBps.min)),
        median: median(routes.map((line) => line.MBps.median)),
        max: Math.max(...routes.map((line) => line.MBps.max)),
      },
      filesps: median(routes.map((line) => line.filesps.median)),
      MB_per_cpu_s: +median(routes.map(perCpu)).toFixed(2),
      out_MB: routes[0].out_MB,
      map_MB: routes[0].map_MB,
      rss_MB: Math.max(...routes.map((line) => line.rss_MB)),
      others_cores: spread(
        routes.map((line) => line.others_cores),
        2,
      ),
      large: Object.fromEntries(large),
      share_of_20000_lines: share.length ? spread(share, 2) : undefined,
      velox_is_faster: ratio("velox-compile", (line) => line.MBps.median),
      velox_napi_is_faster: ratio("velox-napi", (line) => line.MBps.median),
      velox_is_faster_by_cpu: ratio("velox-compile", perCpu),
    };
  });
}

/** The summary as a table of Markdown. */
export function table(summary) {
  const times = (ratio) => (ratio ? `${ratio.median}x (${ratio.min}-${ratio.max})` : "");
  const rows = summary
    .filter((row) => row.MBps)
    .map((row) => [
      `${row.peer} ${row.version}`,
      `${row.MBps.min} / **${row.MBps.median}** / ${row.MBps.max}`,
      Math.round(row.filesps),
      row.MB_per_cpu_s,
      times(row.velox_is_faster),
      times(row.velox_napi_is_faster),
      ...LARGE.map((set) => row.large[set]?.median ?? ""),
      row.out_MB,
      row.map_MB,
      row.rss_MB,
      `${row.others_cores.min}-${row.others_cores.max}`,
      row.failed,
    ]);
  const head = [
    "compiler",
    "MB/s min / median / max",
    "files/s",
    "MB per CPU s",
    "velox-compile is faster",
    "velox-napi is faster",
    ...["1,000", "5,000", "20,000"].map((lines) => `${lines} lines, MB/s`),
    "out MB",
    "maps MB",
    "RSS MB",
    "others, cores",
    "failed",
  ];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n") + "\n";
}

/** Whether the goals were reached, in words. */
export function verdicts(summary) {
  const row = (peer) => summary.find((row) => row.peer === peer);
  const goal = (what, value, wanted) => {
    const reached = value !== undefined && value >= wanted;
    return { reached, text: `${reached ? "reached" : "MISSED"}: ${what}: ${value}, asked ${wanted}` };
  };
  return [
    goal("velox-compile beside astro-rs", row("astro-rs")?.velox_is_faster?.median, GOALS.faster),
    goal("velox-napi beside astro-rs", row("astro-rs")?.velox_napi_is_faster?.median, GOALS.faster),
    goal("20,000 lines beside the routes", row("velox-compile")?.share_of_20000_lines?.median, GOALS.large),
  ];
}
