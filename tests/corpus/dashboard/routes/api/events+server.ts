import { tail } from '$lib/metrics';
import { defineHandler, stream } from 'velox/server';

async function* events(signal: AbortSignal) {
  yield 'retry: 2000\n\n';
  for await (const entry of tail(signal)) yield `event: ${entry.level}\ndata: ${JSON.stringify(entry)}\n\n`;
}

export const GET = defineHandler(({ signal }) =>
  stream(events(signal), { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } }),
);
