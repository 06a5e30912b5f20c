// The Node server of a built application (X6): `serve` reads the project's `.env` files (P4) and the output
// folder, listens, and ends cleanly. `createHandler` is the same without a server, for hosts with their own.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CacheSettingError, openStore } from "../cache/open.js";
import { SHORTEST_SECRET } from "../server/admin.js";
import type { App } from "../server/app.js";
import { fromRequest, type Incoming } from "../server/incoming.js";
import { readTarget } from "../server/path.js";
import { SHORTEST_PREVIEW_SECRET } from "../server/preview.js";
import { purgeByPost } from "../server/purge.js";
import { digestOf, logToConsole } from "../server/public-error.js";
import { settleAnswer, textReply, toResponse, type Answer, type ReadyReply } from "../server/reply.js";
import { Runtime, type RuntimeOptions } from "../server/runtime.js";
import type { WebHandler } from "../server/handler.js";
import { EnvironmentFileError, loadEnvironment, projectOf } from "./environment.js";
import { StaticFiles } from "./files.js";
import { fromNode } from "./incoming.js";
import { writeAnswer, writeReady } from "./outgoing.js";
import { OutputPages } from "./pages.js";

/** Settings of the server; what is not given comes from the environment. */
export interface ServeOptions extends RuntimeOptions {
  /** The output folder, as a path or a `file:` URL. */
  readonly root: string | URL;
  readonly port?: number;
  readonly host?: string;
  /** Whether the server owns its process: SIGTERM and SIGINT end it, as does a port that is taken. True unless said otherwise. */
  readonly signals?: boolean;
  /** Milliseconds that running requests may take when the server ends; 10,000 unless said otherwise. */
  readonly grace?: number;
  /** Whether to print the address; true unless said otherwise. */
  readonly announce?: boolean;
}

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Takes no new requests, lets the running ones finish, then resolves. */
  close(): Promise<void>;
}

/** How requests are answered: at once where that can be, else by work. */
interface Output {
  readonly runtime: Runtime;
  ready(incoming: Incoming): ReadyReply | null;
  respond(incoming: Incoming): Promise<Answer>;
}

/** Milliseconds that content of a `<Suspense>` has when the server ends. */
const BOUNDARY_GRACE = 5000;

async function openOutput(app: App, options: RuntimeOptions & { readonly root: string | URL }): Promise<Output> {
  const root = resolve(typeof options.root === "string" ? options.root : fileURLToPath(options.root));
  const project = projectOf(root);
  // Routes and middleware are loaded with the first request, so they find everything in place.
  loadEnvironment(project, options.development === true);
  const pages = await OutputPages.read(root);
  const files = await StaticFiles.read(join(root, "static"), pages.staticFiles);
  const { warn } = options;
  const store = options.store ?? (await openStore({ app, output: root, project, ...(warn === undefined ? {} : { warn }) }));
  const purge = options.purge ?? (app.cache?.purge === undefined ? undefined : purgeByPost(app.cache.purge, process.env["VELOX_PURGE_SECRET"]));
  const cacheSecret = options.cacheSecret ?? (process.env["VELOX_CACHE_SECRET"] || undefined);
  if (cacheSecret !== undefined && Buffer.byteLength(cacheSecret) < SHORTEST_SECRET) {
    throw new CacheSettingError(`VELOX_CACHE_SECRET has fewer than ${SHORTEST_SECRET} bytes; make one with \`openssl rand -hex 32\``);
  }
  const previewSecret = options.previewSecret ?? (process.env["VELOX_PREVIEW_SECRET"] || undefined);
  if (previewSecret !== undefined && Buffer.byteLength(previewSecret) < SHORTEST_PREVIEW_SECRET) {
    throw new CacheSettingError(`VELOX_PREVIEW_SECRET has fewer than ${SHORTEST_PREVIEW_SECRET} bytes; make one with \`openssl rand -hex 32\``);
  }
  const runtime: Runtime = new Runtime(app, {
    ...options,
    store,
    ...(previewSecret === undefined ? {} : { previewSecret }),
    ...(cacheSecret === undefined ? {} : { cacheSecret }),
    ...(purge === undefined ? {} : { purge }),
    pages: options.pages ?? pages,
    files: options.files ?? ((path, incoming) => files.answer(path, incoming)),
  });
  return {
    runtime,
    ready(incoming) {
      const target = readTarget(incoming.target);
      return target === null || target.path.slash || target.path.doubled || files.owns(target.path.path) ? null : runtime.ready(incoming, target);
    },
    async respond(incoming) {
      const target = readTarget(incoming.target);
      if (target !== null && !target.path.slash && !target.path.doubled) {
        const file = await files.answer(target.path.path, incoming);
        if (file !== null) return settleAnswer(file, [], incoming.method === "HEAD");
      }
      return runtime.respond(incoming);
    },
  };
}

/** The handler of an output folder for Web requests; static files included. */
export async function createHandler(app: App, options: RuntimeOptions & { readonly root: string | URL }): Promise<WebHandler> {
  const { respond } = await openOutput(app, options);
  return async (request, info) => toResponse(await respond(fromRequest(request, info?.ip ?? "")));
}

/** Serves an output folder. */
export async function serve(app: App, options: ServeOptions): Promise<RunningServer> {
  const output = await openOutput(app, options).catch((error: unknown) => explain(error, options));
  const log = options.log ?? logToConsole;
  let ending: Promise<void> | null = null;
  const closeRuntime = async (): Promise<void> => {
    output.runtime.close();
    if (options.store === undefined) await output.runtime.store.close();
  };
  const server = createServer((message, response) => {
    const incoming = fromNode(message, response);
    const ready = readyOf(output, incoming);
    if (ready !== null) writeReady(ready, response);
    else void answer(output, incoming, message, response, log);
  });
  // Upgrades lead nowhere; without a listener they would be answered as requests (case 17).
  server.on("upgrade", (_message, socket) => socket.destroy());
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  const host = options.host ?? (process.env["HOST"] || undefined);
  try {
    await listen(server, options.port ?? portFromEnvironment(), host);
  } catch (error) {
    await closeRuntime();
    explain(error, options);
  }
  const address = server.address() as AddressInfo;
  const url = `http://${shownHost(host)}:${address.port}${app.base === "/" ? "" : app.base}`;
  if (options.announce !== false) console.log(`velox ready on ${url}`);
  const close = (): Promise<void> => {
    if (ending === null) {
      const grace = options.grace ?? 10_000;
      output.runtime.streams.end(Math.min(BOUNDARY_GRACE, grace / 2));
      ending = end(server, grace).finally(closeRuntime);
    }
    return ending;
  };
  if (options.signals !== false) handleSignals(close, log);
  return { url, port: address.port, server, close };
}

// A server that owns its process says why it did not start in one line, without a stack.
function explain(error: unknown, options: ServeOptions): never {
  const expected = error instanceof ListenError || error instanceof EnvironmentFileError || error instanceof CacheSettingError;
  if (options.signals === false || !expected) throw error;
  console.error(`velox: ${error.message}`);
  process.exit(1);
}

// What fails here fails in `respond` too, where it is reported and answered.
function readyOf(output: Output, incoming: Incoming): ReadyReply | null {
  try {
    return output.ready(incoming);
  } catch {
    return null;
  }
}

async function answer(
  output: Output,
  incoming: Incoming,
  message: IncomingMessage,
  response: ServerResponse,
  log: NonNullable<RuntimeOptions["log"]>,
): Promise<void> {
  const head = message.method === "HEAD";
  try {
    await writeAnswer(await output.respond(incoming), response, head);
  } catch (error) {
    const left = error instanceof DOMException && error.name === "AbortError";
    if (!left) log(error, digestOf(error), `${message.method ?? ""} ${message.url ?? ""}`);
    if (response.headersSent) return void response.destroy();
    await writeAnswer(textReply(500, "Internal Server Error"), response, head).catch(() => response.destroy());
  }
}

const IDLE_LOOK = 20;

function portFromEnvironment(): number {
  const text = process.env["PORT"];
  if (text === undefined || text === "") return 3700;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ListenError(`PORT is ${JSON.stringify(text)}, which is no port number`);
  return port;
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") reject(new ListenError(`port ${port} is already in use; set PORT to another one`));
      else if (error.code === "EACCES") reject(new ListenError(`port ${port} may not be opened by this user; set PORT to another one`));
      else reject(error);
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => resolve());
  });
}

/** The server could not listen; the message is one line for the person who started it. */
export class ListenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ListenError";
  }
}

function shownHost(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::" || host === "127.0.0.1" || host === "::1") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function end(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), grace);
    force.unref();
    // A connection that was busy when the server began to end is idle once its answer is out.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK);
    server.close(() => {
      clearTimeout(force);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function handleSignals(close: () => Promise<void>, log: NonNullable<RuntimeOptions["log"]>): void {
  let asked = false;
  const stop = (): void => {
    // A second signal means now.
    if (asked) process.exit(1);
    asked = true;
    void close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // One forgotten promise of one request must not end the answers to all others.
  process.on("unhandledRejection", (error) => log(error, digestOf(error), "unhandled rejection"));
}
