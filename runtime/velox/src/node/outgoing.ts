// Writes an answer to Node's response. A stream is read only as fast as the client takes it, and is
// cancelled when the client leaves (case 55). Refuses to keep a connection whose request was not read.

import type { ServerResponse } from "node:http";
import { wholeBody, type Answer, type ReadyReply } from "../server/reply.js";

/** Sends an answer that was made before. */
export function writeReady({ status, head, body }: ReadyReply, response: ServerResponse): void {
  if (response.destroyed) return;
  response.writeHead(status, head as unknown as string[]);
  if (body === null) response.end();
  else response.end(body);
}

/** Sends the answer; resolves when it has been written or the client has left. */
export async function writeAnswer(answer: Answer, response: ServerResponse, head: boolean): Promise<void> {
  if (response.destroyed) {
    if (answer.body instanceof ReadableStream) await answer.body.cancel().catch(() => {});
    return;
  }
  if (answer instanceof Response) {
    response.statusCode = answer.status;
    if (answer.statusText !== "") response.statusMessage = answer.statusText;
    for (const [name, value] of answer.headers) {
      if (name !== "set-cookie") response.setHeader(name, value);
    }
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) response.setHeader("set-cookie", cookies);
    const whole = head ? null : wholeBody(answer);
    if (whole !== null) {
      if (!response.hasHeader("content-length")) response.setHeader("content-length", Buffer.byteLength(whole));
      response.end(whole);
      return;
    }
  } else {
    if (answer.close === true) response.shouldKeepAlive = false;
    const flat: string[] = [];
    let sized = false;
    for (const [name, value] of answer.headers) {
      flat.push(name, value);
      if (name === "content-length") sized = true;
    }
    if (!sized && typeof answer.body === "string") flat.push("content-length", String(Buffer.byteLength(answer.body)));
    else if (!sized && answer.body instanceof Uint8Array) flat.push("content-length", String(answer.body.byteLength));
    else if (!sized && answer.body === null && answer.status !== 204 && answer.status !== 304 && !head) flat.push("content-length", "0");
    if (answer.close === true) flat.push("connection", "close");
    response.writeHead(answer.status, flat as unknown as string[]);
    if (answer.body === null || head) {
      response.end();
      return;
    }
    if (!(answer.body instanceof ReadableStream)) {
      response.end(answer.body);
      return;
    }
    await pump(answer.body, response);
    return;
  }
  if (answer.body === null || head) {
    response.end();
    return;
  }
  await pump(answer.body, response);
}

async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  let left = false;
  const close = (): void => {
    left = true;
    reader.cancel(new DOMException("the client has left", "AbortError")).catch(() => {});
  };
  response.once("close", close);
  try {
    while (!left) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!left && !response.write(value)) await drained(response);
    }
    if (!left) response.end();
  } catch (error) {
    // The status is out already: an end that is no end tells the client that something is missing.
    response.destroy();
    throw error;
  } finally {
    response.off("close", close);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      response.off("error", done);
      resolve();
    };
    response.once("drain", done);
    response.once("close", done);
    response.once("error", done);
    if (response.destroyed) done();
  });
}
