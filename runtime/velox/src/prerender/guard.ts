// Watches over the work that is under way, so that whatever code of the application does, each page ends
// with a message that says what happened: an `await` that never settles, an error in a callback, a
// promise that nobody waits for, the end of the process. Refuses to wait longer than it is told to.

import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import type { Route } from "../server/app.js";

/** A page that is rendered, or, without a path, a route whose `paths` run. */
export interface Work {
  readonly route: Route;
  readonly path: string | null;
  readonly params: object | null;
}

/** Why a piece of work ended that did not end by itself; the cause is the error that the application threw. */
export class WorkFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "WorkFailure";
    // It comes from no place of the application, unless somebody says so.
    this.stack = `${this.name}: ${message}`;
  }
}

/** Takes a failure; the work is null where the failure belongs to none. */
export type Fail = (work: Work | null, error: unknown) => void;

/** What the guard needs to know. */
export interface GuardOptions {
  /** Milliseconds that a piece of work may take. */
  readonly timeout: number;
  readonly fail: Fail;
  /** Called where the process ends before the guard was closed. */
  readonly ended: () => void;
  /** Text of an error for a message. */
  readonly describe: (error: unknown) => string;
}

interface Running {
  readonly work: Work;
  readonly reject: (error: unknown) => void;
  over: boolean;
  /** What ended it from outside. */
  failure: unknown;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Runs pieces of work, and ends those that cannot end by themselves. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #running = new Set<Running>();
  // Callbacks belong to the work that they were made in.
  readonly #scope = new AsyncLocalStorage<Running>();
  readonly #exit = process.exit;
  #exitCall: string | null = null;

  constructor(options: GuardOptions) {
    this.#options = options;
    process.on("unhandledRejection", this.#onRejection);
    process.on("uncaughtException", this.#onException);
    process.on("beforeExit", this.#onIdle);
    process.on("exit", this.#onExit);
    process.exit = this.#onExitCall;
    syncBuiltinESMExports();
  }

  /** Stops watching. */
  close(): void {
    process.off("unhandledRejection", this.#onRejection);
    process.off("uncaughtException", this.#onException);
    process.off("beforeExit", this.#onIdle);
    process.off("exit", this.#onExit);
    if (process.exit === this.#onExitCall) process.exit = this.#exit;
    syncBuiltinESMExports();
  }

  /** Runs a piece of work; rejects where it fails or does not end. */
  async run<T>(work: Work, task: () => Promise<T>): Promise<T> {
    let reject!: (error: unknown) => void;
    const stopped = new Promise<never>((_, fail) => (reject = fail));
    const running: Running = { work, reject, over: false, failure: null };
    const timeout = Math.min(this.#options.timeout, LONGEST_TIMER);
    const late = (): void => end(running, new WorkFailure(`${subject(work)} was not finished after ${timeout} ms; VELOX_PRERENDER_TIMEOUT sets another limit`));
    // Alone it must not keep the process alive: then nothing could end the work any more (see `#onIdle`).
    const timer = setTimeout(late, timeout).unref();
    this.#running.add(running);
    try {
      return await Promise.race([stopped, this.#scope.run(running, task)]);
    } finally {
      running.over = true;
      this.#running.delete(running);
      clearTimeout(timer);
    }
  }

  // The event loop is empty, so nothing is left that could settle what the work waits for.
  readonly #onIdle = (): void => {
    const stuck = [...this.#running];
    if (stuck.length === 0) return;
    setImmediate(() => {
      for (const running of stuck) end(running, new WorkFailure(`${subject(running.work)} never finished: an \`await\` in it never settles`));
    });
  };

  readonly #onException = (error: unknown): void => {
    this.#stray(error, "an error was thrown in a callback of", "an error was thrown outside of any page");
  };

  readonly #onRejection = (error: unknown): void => {
    this.#stray(error, "nobody waited for a promise that was rejected in", "nobody waited for a promise that was rejected outside of any page");
  };

  #stray(error: unknown, inside: string, outside: string): void {
    const text = this.#options.describe(error);
    const running = this.#scope.getStore();
    if (running === undefined) {
      const failure = new WorkFailure(`${outside}: ${text}`, error);
      if (this.#running.size === 0) this.#options.fail(null, failure);
      for (const each of this.#running) end(each, failure);
    } else if (running.failure !== error) {
      this.#fail(running, new WorkFailure(`${inside} ${place(running.work)}: ${text}`, error));
    }
  }

  // Its caller does not go on, and all other pages do.
  readonly #onExitCall = (code?: number | string | null): never => {
    const call = `process.exit(${code ?? ""})`;
    const running = this.#scope.getStore();
    if (running === undefined) {
      this.#exitCall = call;
      return this.#exit.call(process, code);
    }
    const failure = new WorkFailure(`${call} was called ${running.over ? "after" : "while"} ${doing(running.work)}`);
    Error.captureStackTrace(failure, this.#onExitCall);
    this.#fail(running, failure);
    running.failure = failure;
    throw failure;
  };

  readonly #onExit = (code: number): void => {
    const what = this.#exitCall === null ? `the process ended with status ${code}` : `${this.#exitCall} was called`;
    for (const { work } of this.#running) this.#options.fail(work, new WorkFailure(`${what} while ${doing(work)}`));
    if (this.#running.size === 0) this.#options.fail(null, new WorkFailure(`${what} before all pages were rendered`));
    this.#options.ended();
    process.exitCode = 1;
  };

  // Work that is over has said so already; what it left behind is a failure of its own.
  #fail(running: Running, failure: WorkFailure): void {
    if (running.over) this.#options.fail(running.work, failure);
    else end(running, failure);
  }
}

function end(running: Running, failure: unknown): void {
  running.failure = failure;
  running.reject(failure);
}

function subject(work: Work): string {
  return work.path === null ? `\`paths\` of ${work.route.pattern}` : "the page";
}

function place(work: Work): string {
  return work.path === null ? subject(work) : "this page";
}

function doing(work: Work): string {
  return work.path === null ? `${subject(work)} ran` : "this page was rendered";
}
