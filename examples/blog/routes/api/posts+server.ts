import { db } from '$lib/db';
import { defineHandler, json } from 'velox/server';

const MOST = 50;

// GET /api/posts?q=index&tag=sql&limit=5
export const GET = defineHandler(async (req) => {
  const { searchParams } = new URL(req.url);
  const limit = searchParams.get('limit') ?? String(MOST);
  if (!/^[1-9]\d?$/.test(limit) || Number(limit) > MOST) {
    return json({ error: `limit is a number from 1 to ${MOST}` }, { status: 400 });
  }
  const filter = { search: searchParams.get('q') ?? undefined, tag: searchParams.get('tag') ?? undefined };
  const [posts, total] = await Promise.all([
    db.posts.findMany({ ...filter, limit: Number(limit) }),
    db.posts.count(filter),
  ]);
  return json({ total, posts });
});
