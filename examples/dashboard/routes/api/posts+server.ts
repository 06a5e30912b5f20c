import { defineHandler, json } from 'velox/server';
import { db } from '$lib/db';

/** The notes, newest first. */
export const GET = defineHandler(async () => json(await db.posts.findMany(), { headers: { 'cache-control': 'no-store' } }));
