// The error page of an application that has none, or whose own failed (L4).

import { escapeText } from "../shared/escape.js";
import { htmlReply, type Reply } from "./reply.js";
import { statusText } from "./public-error.js";

/** A page with the status, and the error's text where it may be shown. */
export function plainPage(status: number, error: unknown, headers: [string, string][]): Reply {
  const title = `${status} ${statusText(status)}`;
  let detail = "";
  if (error instanceof Error) {
    detail = `<pre>${escapeText(error.stack ?? error.message)}</pre>`;
  } else if (typeof (error as { digest?: unknown })?.digest === "string") {
    detail = `<p>Digest: <code>${escapeText((error as { digest: string }).digest)}</code></p>`;
  }
  const reply = htmlReply(
    status,
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
      '<meta name="viewport" content="width=device-width, initial-scale=1">' +
      "<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:20vh auto 0;padding:0 1rem}pre{overflow:auto}</style>" +
      `</head><body><h1>${title}</h1>${detail}</body></html>`,
    "no-store",
  );
  reply.headers.push(...headers);
  return reply;
}
