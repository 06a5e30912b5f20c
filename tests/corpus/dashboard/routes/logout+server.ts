import { sql } from '$lib/db';
import { defineHandler, redirect, useCookies } from 'velox/server';

export const POST = defineHandler(async ({ cookies }) => {
  const token = cookies.get('__Host-session');
  if (token) await sql`delete from sessions where token = ${token}`;
  useCookies().delete('__Host-session');
  return redirect('/login', 303);
});
