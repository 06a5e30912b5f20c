import { allProjects } from '$lib/projects';
import { db, posts } from '$lib/db';
import { isNotNull } from 'drizzle-orm';

export const GET = async (request: Request) => {
  const [projects, written] = await Promise.all([
    allProjects(),
    db.select({ slug: posts.slug }).from(posts).where(isNotNull(posts.published)),
  ]);
  const origin = new URL(request.url).origin;
  const paths = ['/', '/portfolio', '/blog', ...projects.map(({ slug }) => `/portfolio/${slug}`), ...written.map(({ slug }) => `/blog/${slug}`)];
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${paths.map((path) => `  <url><loc>${origin}${path}</loc></url>`).join('\n')}
</urlset>`;
  return new Response(body, { headers: { 'content-type': 'application/xml' } });
};
