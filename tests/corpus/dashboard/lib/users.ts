import { sql } from './db';
import type { Role } from './session';

export interface User {
  id: number;
  name: string;
  mail: string;
  role: Role;
  team: string | null;
  seen: number | null;
}

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
}

const SIZE = 25;

export async function listUsers({ page = 1, role }: { page?: number; role?: Role } = {}): Promise<Page<User>> {
  const offset = (page - 1) * SIZE;
  const [items, [count]] = await Promise.all([
    sql<User>`select * from users where ${role ?? null} is null or role = ${role ?? null} limit ${SIZE} offset ${offset}`,
    sql<{ n: number }>`select count(*) as n from users`,
  ]);
  return { items, total: count?.n ?? 0, page };
}

export const userById = (id: number): Promise<User | undefined> => sql<User>`select * from users where id = ${id}`.first();
