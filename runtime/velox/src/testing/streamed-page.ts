// Opens a page of one block and hands out what is sent of it, part by part, with content that comes when a test wants it.

import { suspense, text } from "../internal.js";
import type { App } from "../server/app.js";
import { fromRequest } from "../server/incoming.js";
import { Runtime } from "../server/runtime.js";
import { app, page, type Block, type PageSettings } from "./app.js";

/** A value that comes after `ms` milliseconds. */
export const later = <T>(value: T, ms = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));
const waiting: (() => void)[] = [];
/** A promise that is not there before the shell has left. */
export const after = <T>(value: T): Promise<T> => new Promise((resolve) => void waiting.push(() => resolve(value)));
/** A promise that is never settled. */
export const never = new Promise<never>(() => {});

/** A promise that is settled by hand. */
export function gate<T = string>() {
  let open!: (value: T) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => ((open = resolve), (fail = reject)));
  promise.catch(() => {});
  return { promise, open, fail };
}

/** A boundary with a fallback. */
export const boundary = (content: unknown, more: Parameters<typeof suspense>[0] = {}): string =>
  suspense({ fallback: () => "wait", ...more }, () => text(content));

/** How a page is opened. */
export interface Opening {
  readonly settings?: PageSettings;
  readonly app?: Partial<App>;
  readonly headers?: HeadersInit;
  readonly method?: string;
}

/** Opens a page; `next` gives the text of what comes next, or null at the end. */
export async function open(block: Block, options: Opening = {}) {
  const logged: { error: unknown; digest: string }[] = [];
  const runtime = new Runtime(app([page("/", block, options.settings)], options.app), {
    log: (error, digest) => void logged.push({ error, digest }),
  });
  const request = new Request("http://localhost/", { method: options.method ?? "GET", headers: options.headers ?? {} });
  const answer = await runtime.respond(fromRequest(request, ""));
  const held = waiting.splice(0);
  setTimeout(() => held.forEach((run) => run()), 2);
  const body = answer.body instanceof ReadableStream ? answer.body : new Response(answer.body as string).body;
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  const next = async (): Promise<string | null> => {
    const read = await reader!.read();
    return read.done ? null : decoder.decode(read.value, { stream: true });
  };
  const rest = async (): Promise<string[]> => {
    const parts: string[] = [];
    for (let part = await next(); part !== null; part = await next()) parts.push(part);
    return parts;
  };
  const header = (name: string): string | null =>
    answer instanceof Response ? answer.headers.get(name) : (answer.headers.find(([key]) => key === name)?.[1] ?? null);
  return { answer, runtime, logged, reader, next, rest, header, streamed: answer.body instanceof ReadableStream };
}

/** The text with the response's random prefix left out. */
export const plain = (part: string | null): string => (part ?? "(end)").replace(/v[0-9a-f]{12}-/g, "");

/** The body up to where it is cut off. */
export const shellBody = (part: string | null): string => plain(part).replace(/^[^]*<body>/, "");
