import { eq, sql } from 'drizzle-orm';
import { db, posts } from '$lib/db';

type Params = { slug: string };

export const GET = defineHandler<Params>(async ({ params }) => {
  const [row] = await db.select({ likes: posts.likes }).from(posts).where(eq(posts.slug, params.slug));
  return row ? json(row.likes ?? 0) : notFound();
});

export const POST = defineHandler<Params>(async (request, { params: { slug } }) => {
  const ip = request.ip ?? request.headers.get('x-forwarded-for')?.split(',')[0];
  const [row] = await db
    .update(posts)
    .set({ likes: sql`${posts.likes} + 1` })
    .where(eq(posts.slug, slug))
    .returning({ likes: posts.likes });
  await revalidatePath(`/blog/${slug}`);
  return json({ likes: row?.likes, ip });
});
