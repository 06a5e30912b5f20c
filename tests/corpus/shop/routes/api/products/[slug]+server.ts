import { productBySlug } from '$lib/catalogue';
import { defineHandler, json, notFound } from 'velox/server';

export const GET = defineHandler<{ slug: string }>(async ({ params }) => {
  const product = await productBySlug(params.slug);
  if (!product) throw notFound();
  const { id: _id, ...visible } = product;
  return json(visible);
});
