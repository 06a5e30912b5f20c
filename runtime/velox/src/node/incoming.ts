// A request of Node's server as the runtime takes it. Headers, signal and body are made when they are
// asked for. Refuses bodies past the limit while they arrive, whatever length was announced (case 51).

import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { BodyTooLarge, INTERNAL_HEADER, type Incoming } from "../server/incoming.js";

/** Wraps a request; `response` tells when the client has left. */
export function fromNode(message: IncomingMessage, response: ServerResponse): Incoming {
  return new NodeIncoming(message, response);
}

class NodeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  #signal: AbortSignal | null = null;

  constructor(message: IncomingMessage, response: ServerResponse) {
    this.method = message.method ?? "GET";
    this.target = originForm(message.url ?? "/");
    this.#message = message;
    this.#response = response;
  }

  get scheme(): "http" | "https" {
    return (this.#message.socket as TLSSocket).encrypted === true ? "https" : "http";
  }

  get ip(): string {
    return this.#message.socket.remoteAddress ?? "";
  }

  get signal(): AbortSignal {
    if (this.#signal === null) {
      const controller = new AbortController();
      this.#signal = controller.signal;
      const left = (): void => {
        if (!this.#response.writableFinished) controller.abort(new DOMException("the client has left", "AbortError"));
      };
      if (this.#response.destroyed || this.#response.closed) left();
      else this.#response.once("close", left);
    }
    return this.#signal;
  }

  header(name: string): string | null {
    const value = Object.hasOwn(this.#message.headers, name) ? this.#message.headers[name] : undefined;
    return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
  }

  headers(): Headers {
    const headers = new Headers();
    const raw = this.#message.rawHeaders;
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const name = raw[i]!;
      if (INTERNAL_HEADER.test(name)) continue;
      try {
        headers.append(name, raw[i + 1]!);
      } catch {
        // A header that the Web standard has no form for is not shown to the application.
      }
    }
    return headers;
  }

  body(limit: number, onOverflow: () => void): ReadableStream<Uint8Array> | null {
    const message = this.#message;
    if (Number(message.headers["content-length"] ?? "") > limit) {
      onOverflow();
      return new ReadableStream({
        start: (controller) => controller.error(new BodyTooLarge(limit)),
      });
    }
    if (message.headers["content-length"] === undefined && message.headers["transfer-encoding"] === undefined) return null;
    let seen = 0;
    let open = true;
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const end = (finish: () => void): void => {
            if (!open) return;
            open = false;
            message.off("data", data);
            finish();
          };
          const data = (chunk: Buffer): void => {
            seen += chunk.byteLength;
            if (seen > limit) {
              message.pause();
              onOverflow();
              end(() => controller.error(new BodyTooLarge(limit)));
              return;
            }
            controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
            if ((controller.desiredSize ?? 0) <= 0) message.pause();
          };
          message.on("data", data);
          message.pause();
          message.once("end", () => end(() => controller.close()));
          message.once("error", (error) => end(() => controller.error(error)));
          message.once("close", () => end(() => controller.error(new DOMException("the client has left", "AbortError"))));
        },
        pull() {
          message.resume();
        },
        cancel() {
          open = false;
          message.resume();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
    );
  }
}

// A proxy's absolute form names a host of its own choice; only its path is used.
function originForm(target: string): string {
  if (target.startsWith("/") || target === "*") return target;
  const scheme = /^https?:\/\/[^/?#]*/i.exec(target);
  if (scheme === null) return target;
  const rest = target.slice(scheme[0].length);
  return rest.startsWith("/") ? rest : "/" + rest;
}
