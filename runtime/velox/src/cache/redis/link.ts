// The connection to Redis or Valkey. Each command has a short time; after three failures in a row nothing is asked for a
// while, and then one command tries. Refuses to queue commands for a server that is not there, and to name a
// password in any message.

import { createHash } from "node:crypto";
import { shownAddress } from "./address.js";
import type { Script } from "./scripts.js";

/** How to reach the server. */
export interface LinkSettings {
  /** `redis://` or `rediss://`, with user and password where they are needed. */
  readonly url: string;
  /** Takes the place of the URL's. */
  readonly password?: string;
  /** Milliseconds that a command may take; 250 unless said otherwise. */
  readonly timeout?: number;
  /** Milliseconds for which nothing is asked after failures; 2000 unless said otherwise. */
  readonly rest?: number;
  /** Folder from whose packages the client is loaded where it is not beside this one. */
  readonly project?: string;
  readonly warn: (message: string) => void;
}

/** What commands are made of. */
export type Word = string | Buffer;

/** What a server answers, as this client gives it: texts are bytes. */
export type Answer = Buffer | number | null | Answer[];

/** The server was not asked, or did not answer in time. */
export class Outage extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Outage";
  }
}

/** The client of npm, as far as it is used. */
interface Client {
  readonly isReady: boolean;
  connect(): Promise<unknown>;
  sendCommand(args: readonly Word[]): Promise<unknown>;
  destroy(): void;
  on(event: string, listener: (value: unknown) => void): unknown;
}

interface ClientPackage {
  createClient(options: object): unknown;
  readonly RESP_TYPES: { readonly BLOB_STRING: number; readonly SIMPLE_STRING: number };
}

const FAILURES = 3;
const TIMEOUT = 250;
const REST = 2000;
const LONGEST_PAUSE = 1000;
const CONNECT_TIMEOUT = 2000;

function withPassword({ url, password }: LinkSettings): string {
  if (password === undefined) return url;
  const full = new URL(url);
  full.password = encodeURIComponent(password);
  return full.href;
}

/** One connection to a server. */
export class Link {
  readonly #client: Client;
  readonly #settings: LinkSettings;
  readonly #shas = new Map<Script, string>();
  #failures = 0;
  #restUntil = 0;
  #probing = false;
  #warned = false;
  #closed = false;

  private constructor(client: Client, settings: LinkSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** A connection that comes about by itself, now or later; `onReady` is called each time that it does. */
  static async open(settings: LinkSettings, onReady: () => void = () => {}): Promise<Link> {
    const { createClient, RESP_TYPES } = await loadClient(settings.project);
    const client = createClient({
      url: withPassword(settings),
      RESP: 2,
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: "disabled",
      commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer } },
      socket: { connectTimeout: CONNECT_TIMEOUT, reconnectStrategy: (tries: number) => Math.min(LONGEST_PAUSE, 25 * 2 ** Math.min(tries, 10)) },
    }) as Client;
    const link = new Link(client, settings);
    client.on("error", (error) => link.#lost(error));
    client.on("ready", () => {
      link.#succeeded();
      onReady();
    });
    // It goes on trying by itself; whoever waits here waits no longer than for one try.
    const connected = client.connect().catch((error: unknown) => link.#lost(error));
    await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, CONNECT_TIMEOUT).unref())]);
    return link;
  }

  /** Whether asking makes sense now. */
  get isUp(): boolean {
    return !this.#closed && this.#client.isReady && Date.now() >= this.#restUntil;
  }

  /** Sends a command. Throws `Outage` where the server does not answer, and what it says where it refuses. */
  async command(...words: Word[]): Promise<Answer> {
    return this.#guarded(() => this.#client.sendCommand(words), this.#settings.timeout ?? TIMEOUT);
  }

  /** Sends a command that may wait at the server for so many milliseconds. */
  async wait(milliseconds: number, ...words: Word[]): Promise<Answer> {
    return this.#inTime(this.#client.sendCommand(words), milliseconds + (this.#settings.timeout ?? TIMEOUT) * 2) as Promise<Answer>;
  }

  /** Runs a script; one that the server has forgotten is sent again. */
  async script(script: Script, keys: readonly Word[], values: readonly Word[]): Promise<Answer> {
    let sha = this.#shas.get(script);
    if (sha === undefined) this.#shas.set(script, (sha = createHash("sha1").update(script.source).digest("hex")));
    const rest = [String(keys.length), ...keys, ...values];
    try {
      return await this.command("EVALSHA", sha, ...rest);
    } catch (error) {
      if (!/^NOSCRIPT/.test((error as Error).message)) throw error;
      return this.command("EVAL", script.source, ...rest);
    }
  }

  async #guarded(send: () => Promise<unknown>, timeout: number): Promise<Answer> {
    if (this.#closed) throw new Outage("the connection is closed");
    const now = Date.now();
    if (!this.#client.isReady || now < this.#restUntil) throw new Outage("the server is not there");
    // After a rest one command tries for all.
    const probe = this.#failures >= FAILURES;
    if (probe && this.#probing) throw new Outage("the server is not there");
    this.#probing = probe;
    try {
      const answer = (await this.#inTime(send(), timeout)) as Answer;
      this.#succeeded();
      return answer;
    } catch (error) {
      // A refusal is an answer.
      if (isRefusal(error)) this.#succeeded();
      else this.#failed();
      throw error;
    } finally {
      if (probe) this.#probing = false;
    }
  }

  async #inTime<T>(promise: Promise<T>, timeout: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // A process that was busy itself for so long looks once more at what has arrived.
      const expired = (): void => void setImmediate(() => setImmediate(() => reject(new Outage(`no answer within ${timeout} ms`))));
      timer = setTimeout(expired, timeout);
    });
    // Its answer may come when nobody waits any more.
    promise.catch(() => {});
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#restUntil = 0;
    if (this.#warned) this.#settings.warn(`the cache at ${shownAddress(this.#settings.url)} answers again`);
    this.#warned = false;
  }

  #failed(): void {
    if (++this.#failures < FAILURES) return;
    this.#restUntil = Date.now() + (this.#settings.rest ?? REST);
    this.#say("does not answer");
  }

  #lost(error: unknown): void {
    if (!this.#closed) this.#say(`cannot be reached (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }

  #say(what: string): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#settings.warn(`the cache at ${shownAddress(this.#settings.url)} ${what}: pages are kept in memory until it does`);
  }

  close(): void {
    this.#closed = true;
    this.#client.destroy();
  }
}

/** True where the server answered, and said no. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^[A-Z][A-Z0-9]+ /.test(error.message) && !/^(?:LOADING|MASTERDOWN|CLUSTERDOWN|BUSY|TRYAGAIN) /.test(error.message);
}

// The package is optional: it is loaded where somebody chose this store.
async function loadClient(project: string | undefined): Promise<ClientPackage> {
  const name = "@redis/client";
  try {
    return (await import(name)) as ClientPackage;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
  }
  const { createRequire } = await import("node:module");
  const { join } = await import("node:path");
  const { pathToFileURL } = await import("node:url");
  try {
    const path = createRequire(join(project ?? process.cwd(), "package.json")).resolve(name);
    const found = (await import(pathToFileURL(path).href)) as ClientPackage & { default?: ClientPackage };
    return found.default ?? found;
  } catch (error) {
    throw new MissingClient(`the cache is set to Redis, and the package ${name} is not installed: npm install ${name}`, error);
  }
}

/** The package of the client is not there. */
export class MissingClient extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MissingClient";
  }
}
