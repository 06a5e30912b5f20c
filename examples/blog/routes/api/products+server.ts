import { db } from '$lib/db';
import { defineHandler, json } from 'velox/server';

/** The shelf, and when the database was asked for it. */
export const GET = defineHandler(async () => {
  const products = await db.products.findMany({ orderBy: 'created_at' });
  return json({ askedAt: new Date().toISOString(), products });
});
