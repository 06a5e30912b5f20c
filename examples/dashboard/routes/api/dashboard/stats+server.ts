import { defineHandler, json } from 'velox/server';
import { db } from '$lib/db';

/** The figures of the week. */
export const GET = defineHandler(async () => json(await db.stats(), { headers: { 'cache-control': 'no-store' } }));
