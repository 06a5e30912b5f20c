import { searchProducts } from '$lib/catalogue';
import { defineHandler, json } from 'velox/server';

export const GET = defineHandler(async ({ query }) => {
  const words = query.get('q')?.trim();
  const hits = words ? await searchProducts(`${words}:*`, 8) : [];
  return json(hits.map(({ slug, name }) => ({ slug, name })), { headers: { 'cache-control': 'public, max-age=60' } });
});
