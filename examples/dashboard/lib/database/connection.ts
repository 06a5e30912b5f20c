/**
 * Opens the database once for each process, makes its tables and fills them where they are empty.
 *
 * Without `DATABASE_URL` it lives in memory, and a restart begins anew. `DATABASE_URL=file:.data/shop.db` keeps it on disk.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createClient, type Client, type InValue, type Row } from '@libsql/client';
import { content, schema } from './content';

let opened: Promise<Client> | undefined;

/** Rows of one statement. Values are always bound, never written into `sql`. */
export async function query(sql: string, args: InValue[] = []): Promise<Row[]> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined; // the next query tries again
    throw error;
  });
  const client = await opened;
  return (await client.execute({ sql, args })).rows;
}

async function open(): Promise<Client> {
  const url = process.env.DATABASE_URL ?? ':memory:';
  if (url.startsWith('file:')) mkdirSync(dirname(url.slice('file:'.length)), { recursive: true });
  const client = createClient({ url });
  await client.execute('pragma busy_timeout = 5000');
  await client.batch([...schema, ...content()], 'write');
  return client;
}
