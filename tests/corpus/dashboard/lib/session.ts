import { forbidden, useCookies, useRequest, type RequestCookies } from 'velox/server';
import { sql } from './db';

export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Session {
  user: { id: number; name: string; mail: string };
  role: Role;
  theme: 'light' | 'dark' | 'auto';
}

export async function readSession(cookies: RequestCookies): Promise<Session | null> {
  const token = cookies.get('__Host-session');
  if (token === undefined) return null;
  const row = await sql<{ data: string }>`select data from sessions where token = ${token}`.first();
  return row ? (JSON.parse(row.data) as Session) : null;
}

/** The session of the request that is being answered. */
export function session(): Session {
  return useRequest().context.session;
}

export function requireRole(least: Role): Session {
  const current = session();
  if (roles.indexOf(current.role) < roles.indexOf(least)) throw forbidden(`this needs the role ${least}`);
  return current;
}

export const rememberTab = (tab: string): void => useCookies().set('tab', tab, { maxAge: 86_400 });
