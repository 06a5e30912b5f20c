import { createHash } from 'node:crypto';
import { defineHandler, notFound, stream, type VeloxRequest } from 'velox/server';

const FILES: ReadonlyMap<string, () => AsyncGenerator<Uint8Array>> = new Map([
  ['tiles.bin', async function* () {
    for (let i = 0; i < 4; i++) yield new Uint8Array(1024).fill(i);
  }],
]);

const etag = (request: VeloxRequest<{ file: string }>): string => `"${createHash('sha1').update(request.params.file).digest('base64url')}"`;

export const config = { edge: false };

export const GET = defineHandler<{ file: string }>((request) => {
  const make = FILES.get(request.params.file);
  if (!make) throw notFound();
  const tag = etag(request);
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
  return stream(make(), { headers: { etag: tag, 'content-type': 'application/octet-stream' } });
});

export const HEAD = defineHandler(({ params: { file } }) => new Response(null, { status: FILES.has(file) ? 200 : 404 }));
