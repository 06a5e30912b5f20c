import { TAGS, Tag, tagOf } from '$lib/tags';
export const GET = defineHandler(() => json([]));
export const POST = defineHandler(async (request) => {
  const { id, kind } = await request.json();
  await revalidateTag(tagOf(id));
  await revalidateTag(TAGS.news);
  await revalidateTag(Tag.Jobs, { mode: 'swr' });
  await revalidatePath(`/items/${id}`);
  await revalidatePath('/items/1');
  if (kind) await revalidateTag(kind);
  return new Response(null, { status: 204 });
});
