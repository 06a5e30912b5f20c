import { sql } from '$lib/sql';

export const config = { edge: false };

const STATES = { succeeded: 'packing', failed: 'placed' } as const;

export async function POST(request: Request): Promise<Response> {
  const { order, state } = (await request.json()) as { order: string; state: keyof typeof STATES };
  if (!(state in STATES)) return Response.json({ error: `unknown state ${state}` }, { status: 422 });
  await sql`update orders set state = ${STATES[state]} where id = ${order}`;
  return new Response(null, { status: 202 });
}

export const OPTIONS = () => new Response(null, { headers: { allow: 'POST, OPTIONS' } });
