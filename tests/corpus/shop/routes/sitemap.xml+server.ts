import { slugs } from '$lib/catalogue';
import { stream } from 'velox/server';

async function* urls(): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">';
  for (const slug of await slugs()) yield `<url><loc>https://kiln-and-thread.example/products/${slug}</loc></url>`;
  yield '</urlset>';
}

export const GET = () => stream(urls(), { headers: { 'content-type': 'application/xml' } });
