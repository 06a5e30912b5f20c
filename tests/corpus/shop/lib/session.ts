import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from './sql';

export interface Session {
  customer: number;
  name: string;
  role: 'customer' | 'staff' | 'owner';
}

const secret = process.env.SESSION_SECRET ?? 'development';

export async function sessionOf(cookie: string | undefined): Promise<Session | null> {
  if (!cookie) return null;
  const [id = '', signature = ''] = cookie.split('.');
  const expected = createHmac('sha256', secret).update(id).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [session] = await sql<Session>`select customer, name, role from sessions where id = ${id}`;
  return session ?? null;
}

export function isStaff(session: Session | null | undefined): session is Session & { role: 'staff' | 'owner' } {
  return session?.role === 'staff' || session?.role === 'owner';
}
