import { createHmac, timingSafeEqual } from 'node:crypto';
import { defineHandler, revalidatePath, revalidateTag, text, unauthorized } from 'velox/server';

type Event =
  | { type: 'product.updated'; slug: string }
  | { type: 'stock.changed'; slug: string; count: number }
  | { type: 'catalogue.imported' };

function signed(body: string, header: string | null): boolean {
  const wanted = createHmac('sha256', process.env.WEBHOOK_SECRET!).update(body).digest();
  const given = Buffer.from(header ?? '', 'hex');
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

export const POST = defineHandler(async (request) => {
  const body = await request.text();
  if (!signed(body, request.headers.get('x-signature'))) throw unauthorized();
  const event = JSON.parse(body) as Event;
  switch (event.type) {
    case 'product.updated':
      await revalidateTag(`product:${event.slug}`);
      await revalidatePath(`/products/${event.slug}`);
      break;
    case 'stock.changed':
      if (event.count === 0) await revalidatePath('/sale', { mode: 'swr' });
      await revalidateTag(`product:${event.slug}`, { mode: 'swr' });
      break;
    case 'catalogue.imported':
      await Promise.all([revalidateTag('products'), revalidatePath('/'), revalidatePath('/products')]);
  }
  return text('ok');
});
