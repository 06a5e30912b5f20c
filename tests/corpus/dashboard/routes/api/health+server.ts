import { sql } from '$lib/db';

export async function GET() {
  const started = performance.now();
  await sql`select 1`;
  return Response.json({ ok: true, ms: performance.now() - started });
}
