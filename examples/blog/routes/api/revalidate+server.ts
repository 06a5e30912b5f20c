// routes/api/revalidate+server.ts
import { revalidatePath, revalidateTag } from 'velox/server';

export const POST = defineHandler(async (req) => {
  const { path, tag, secret } = await req.json();

  // Without a secret in the environment nobody may ask.
  if (!process.env.REVALIDATE_SECRET || secret !== process.env.REVALIDATE_SECRET) {
    return Response.json({ error: 'Unauthorized' }, { status: 401 });
  }

  if (tag) await revalidateTag(tag);
  if (path) await revalidatePath(path);
  return Response.json({ revalidated: true });
});
