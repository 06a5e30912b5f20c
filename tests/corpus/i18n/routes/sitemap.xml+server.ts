import { locales } from '$lib/locales';
import { places } from '$lib/places';
import { defineHandler } from 'velox/server';

const url = (id: string) =>
  locales
    .map((locale) => `<url><loc>https://atlas.example/${locale}/places/${id}</loc>${locales.map((other) => `<xhtml:link rel="alternate" hreflang="${other}" href="https://atlas.example/${other}/places/${id}"/>`).join('')}</url>`)
    .join('\n');

export const GET = defineHandler(
  () =>
    new Response(
      `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${places.map(({ id }) => url(id)).join('\n')}
</urlset>`,
      { headers: { 'content-type': 'application/xml; charset=utf-8' } },
    ),
);
