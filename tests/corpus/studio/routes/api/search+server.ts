import { z } from 'zod';

const Query = z.object({ q: z.string().min(1), limit: z.coerce.number().int().positive().max(50).default(10) });

export const config = { edge: true };

export async function GET(request: Request) {
  const parsed = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return Response.json({ issues: parsed.error.issues }, { status: 400 });
  const { q, limit } = parsed.data;
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      async start(controller) {
        for (let at = 0; at < limit; at++) controller.enqueue(encoder.encode(`${JSON.stringify({ q, at })}\n`));
        controller.close();
      },
    }),
    { headers: { 'content-type': 'application/x-ndjson' } },
  );
}

export { GET as HEAD };
