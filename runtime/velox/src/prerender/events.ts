// The protocol between a build and its prerenderer: one JSON object per line. It has a file descriptor
// of its own (VELOX_EVENTS_FD) or standard output; what the application prints goes to standard error,
// so that it cannot be mistaken for an event.

import { writeSync } from "node:fs";

/** A place in a source file, from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the prerenderer reports. */
export type PrerenderEvent =
  | { readonly event: "plan"; readonly pages: number }
  | {
      /** Work has begun: a page, or, with a path of null, `paths` of the route. It ends with `page` or `failed`; `plan` ends all `paths`. */
      readonly event: "start";
      readonly route: string;
      readonly file: string;
      readonly path: string | null;
      readonly params: object | null;
    }
  | { readonly event: "page"; readonly route: string; readonly path: string; readonly file: string; readonly ms: number; readonly tags: readonly string[] }
  | {
      readonly event: "failed";
      readonly route: string | null;
      readonly file: string | null;
      readonly path: string | null;
      readonly params: object | null;
      readonly message: string;
      readonly stack: readonly string[];
      readonly position: Position | null;
    }
  | { readonly event: "done"; readonly failed: number };

/** Takes an event. */
export type Report = (event: PrerenderEvent) => void;

/** Writes events, and moves everything else that is printed to standard error. */
export function openEvents(): Report {
  const wanted = Number(process.env["VELOX_EVENTS_FD"] ?? "");
  const fd = Number.isInteger(wanted) && wanted > 0 ? wanted : 1;
  if (fd === 1) {
    const toError = process.stderr.write.bind(process.stderr);
    process.stdout.write = toError as typeof process.stdout.write;
  }
  return (event) => writeAll(fd, JSON.stringify(event) + "\n");
}

// A pipe may be full; then the call says so instead of waiting.
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
