import { db } from '$lib/db';

/** Well, if the database answers. */
export async function GET(): Promise<Response> {
  return Response.json({ status: 'ok', posts: await db.posts.count() });
}
