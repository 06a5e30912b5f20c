// A server on a real socket for tests, and requests written byte by byte.

import { mkdtemp, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { App } from "../server/app.js";
import { serve, type RunningServer, type ServeOptions } from "../node/index.js";

// Two servers of the same files say the same of them.
const MADE = new Date("2025-01-01T00:00:00Z");

/** A folder with these files, all of one time, and the way to remove it. */
export async function folderOf(files: Record<string, string | Buffer>): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "velox-test-"));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
    await utimes(join(path, name), MADE, MADE);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A running server with an output folder of these files. */
export async function serverOf(
  app: App,
  files: Record<string, string | Buffer> = {},
  options: Partial<ServeOptions> = {},
): Promise<RunningServer & { root: string; logged: unknown[]; stop: () => Promise<void> }> {
  const folder = await folderOf(files);
  const logged: unknown[] = [];
  const running = await serve(app, {
    root: folder.path, port: 0, host: "127.0.0.1", signals: false, announce: false, grace: 500, log: (error) => logged.push(error), ...options,
  });
  return {
    ...running,
    root: folder.path,
    logged,
    async stop() {
      running.server.closeAllConnections();
      await running.close();
      await folder.remove();
    },
  };
}

/** Sends bytes as they are; resolves with everything that came back once the server closed. */
export function exchange(port: number, ...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    let got = "";
    const socket: Socket = connect(port, "127.0.0.1", () => {
      for (const part of parts) socket.write(part);
    });
    socket.setTimeout(3000, () => socket.destroy());
    socket.on("data", (data) => (got += data.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => resolve(got));
  });
}

/** A GET of a target as it is written; asks the server to close. */
export function rawGet(port: number, target: string, headers: Record<string, string> = {}): Promise<{ status: number; head: string; body: string }> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: "close", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return exchange(port, `GET ${target} HTTP/1.1\r\n${lines.join("")}\r\n`).then(parse);
}

/** Status, header lines and body of what came back. */
export function parse(got: string): { status: number; head: string; body: string } {
  const end = got.indexOf("\r\n\r\n");
  return { status: Number(got.split(" ")[1]), head: got.slice(0, end), body: got.slice(end + 4) };
}
