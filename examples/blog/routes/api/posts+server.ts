import { db } from '$lib/db';
import { badRequest, defineHandler, json } from 'velox/server';

const MOST = 50;

// GET /api/posts?q=index&tag=sql&limit=5
export const GET = defineHandler(async ({ query }) => {
  const limit = query.get('limit') ?? String(MOST);
  if (!/^[1-9]\d?$/.test(limit) || Number(limit) > MOST) throw badRequest(`limit is a number from 1 to ${MOST}`);
  const filter = { search: query.get('q') ?? undefined, tag: query.get('tag') ?? undefined };
  const [posts, total] = await Promise.all([
    db.posts.findMany({ ...filter, limit: Number(limit) }),
    db.posts.count(filter),
  ]);
  return json({ total, posts });
});
