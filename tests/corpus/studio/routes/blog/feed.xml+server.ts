import { desc } from 'drizzle-orm';
import { db, posts } from '$lib/db';

const escape = (text: string) => text.replace(/[<>&'"]/g, (c) => `&#${c.charCodeAt(0)};`);

export const GET = defineHandler(async ({ url }) => {
  const rows = await db.select().from(posts).orderBy(desc(posts.published)).limit(20);
  const items = rows.map(
    (post) => `<item><title>${escape(post.title)}</title><link>${new URL(`/blog/${post.slug}`, url)}</link></item>`,
  );
  return new Response(`<?xml version="1.0"?><rss version="2.0"><channel>${items.join('')}</channel></rss>`, {
    headers: { 'content-type': 'application/rss+xml', 'cache-control': 'max-age=600' },
  });
});
