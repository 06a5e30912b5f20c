import { badRequest, defineHandler, json } from 'velox/server';
import { db } from '$lib/db';

/** The shelf. */
export const GET = defineHandler(async (request) =>
  json(await db.products.findMany({ search: new URL(request.url).searchParams.get('q') ?? '' }), { headers: { 'cache-control': 'no-store' } }),
);

/** A delivery: `{ id, amount }`. */
export const POST = defineHandler(async (request) => {
  const body: unknown = await request.json().catch(() => null);
  const { id, amount } = (body ?? {}) as { id?: unknown; amount?: unknown };
  if (typeof id !== 'number' || typeof amount !== 'number' || !Number.isInteger(amount) || amount < 1 || amount > 100) {
    return badRequest('an id, and an amount from 1 to 100, are needed');
  }
  const product = await db.products.restock(id, amount);
  return product === undefined ? badRequest('there is no such product') : json(product);
});
