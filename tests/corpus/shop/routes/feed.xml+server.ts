import { allProducts } from '$lib/catalogue';
import { defineHandler } from 'velox/server';

const escape = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const GET = defineHandler(async () => {
  const items = (await allProducts()).slice(0, 20).map(
    ({ slug, name }) => `<item><title>${escape(name)}</title><link>https://kiln-and-thread.example/products/${slug}</link></item>`,
  );
  const body = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>New arrivals</title>${items.join('')}</channel></rss>`;
  return new Response(body, { headers: { 'content-type': 'application/rss+xml; charset=utf-8' } });
});
