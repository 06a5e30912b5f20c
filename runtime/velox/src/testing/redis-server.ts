// A Redis server of a test's own, on a loopback port, without files. Where there is none installed, tests are skipped
// and say so; in CI that is a failure.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer, connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { later } from "./store-suite.js";

const PROGRAM = ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0) ?? null;

/** Why tests with a server are skipped; false where they run. */
export function skipReason(): string | false {
  if (PROGRAM !== null) return false;
  if (process.env["CI"] === "true") throw new Error("redis-server is not installed, and CI has to run its tests: apt-get install redis-server");
  return "redis-server is not installed";
}

/** A running server. */
export class RedisServer {
  readonly port: number;
  #process: ChildProcess | null = null;
  readonly #arguments: readonly string[];

  private constructor(port: number, more: readonly string[]) {
    this.port = port;
    this.#arguments = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir(), ...more];
  }

  static async start(...more: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), more);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.#process = spawn(PROGRAM!, this.#arguments, { stdio: "ignore" });
    for (let i = 0; i < 200; i++) {
      if (await this.command("PING").then((answer) => /PONG|NOAUTH|NOPERM/.test(answer), () => false)) return;
      await later(25);
    }
    throw new Error("redis-server did not start");
  }

  signal(name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void {
    this.#process?.kill(name);
  }

  async kill(): Promise<void> {
    const ending = this.#process;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGCONT");
    ending.kill("SIGKILL");
    await ended;
  }

  /** Sends a command, past the client that is tested; gives the answer as it came. */
  command(...words: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, "127.0.0.1", () => {
        socket.write(`*${words.length}\r\n` + words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join(""));
      });
      let got = "";
      const over = (): void => {
        socket.destroy();
        if (got === "") reject(new Error("no answer"));
        else resolve(got);
      };
      // A command that touches many keys takes its time on a busy machine.
      let timer = setTimeout(over, 10_000);
      socket.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      socket.on("data", (data) => {
        got += data.toString();
        clearTimeout(timer);
        timer = setTimeout(over, 400);
        // One line answers; longer ones are awaited by the timer.
        if (/^[+\-:][^\r]*\r\n$/.test(got) || (got.startsWith("$") && isWhole(got))) {
          clearTimeout(timer);
          socket.destroy();
          resolve(got);
        }
      });
    });
  }
}

function isWhole(bulk: string): boolean {
  const end = bulk.indexOf("\r\n");
  const length = Number(bulk.slice(1, end));
  return end > 0 && (length < 0 || Buffer.byteLength(bulk) >= end + 2 + length + 2);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
