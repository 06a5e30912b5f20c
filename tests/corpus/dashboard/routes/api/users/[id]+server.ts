import { sql } from '$lib/db';
import { requireRole } from '$lib/session';
import { userById } from '$lib/users';
import { badRequest, defineHandler, json, notFound } from 'velox/server';

type Patch = Partial<{ name: string; team: string | null }>;

export const GET = defineHandler(async ({ params }) => {
  const user = await userById(Number(params.id));
  if (!user) throw notFound();
  return json(user);
});

export const PATCH = defineHandler(async (request) => {
  requireRole('admin');
  const patch: Patch = await request.json();
  if (!('name' in patch || 'team' in patch)) throw badRequest('nothing to change');
  await sql`update users set name = coalesce(${patch.name ?? null}, name), team = ${patch.team ?? null} where id = ${request.params.id}`;
  return json(await userById(Number(request.params.id)));
});

export const DELETE = defineHandler(async (request) => {
  requireRole('admin');
  await sql`delete from users where id = ${request.params.id}`;
  return new Response(null, { status: 204 });
});
