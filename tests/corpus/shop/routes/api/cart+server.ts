import { addToCart } from '$lib/cart';
import { badRequest, defineHandler, json, redirect, useCookies } from 'velox/server';

const YEAR = 365 * 24 * 60 * 60;

export const POST = defineHandler(async (request) => {
  const form = await request.formData();
  const product = Number(form.get('product'));
  const quantity = Number(form.get('quantity') ?? 1);
  if (!Number.isInteger(product) || !(quantity > 0)) throw badRequest('product and quantity are numbers');

  const cookies = useCookies();
  const cart = cookies.get('cart') ?? crypto.randomUUID();
  cookies.set('cart', cart, { maxAge: YEAR });
  await addToCart(cart, product, quantity);
  return request.headers.get('accept')?.includes('text/html') ? redirect('/cart', 303) : json({ cart }, 201);
});

export function DELETE(): Response {
  useCookies().delete('cart');
  return new Response(null, { status: 204 });
}
