import { timingSafeEqual } from 'node:crypto';
import { defineHandler, json, revalidatePath, revalidateTag, unauthorized } from 'velox/server';

interface Hook { model: 'post' | 'newsletter' | 'job'; slug?: string }

export const POST = defineHandler(async (request) => {
  const given = Buffer.from(request.headers.get('x-cms-secret') ?? '');
  const secret = Buffer.from(process.env.CMS_SECRET ?? '');
  if (given.length !== secret.length || !timingSafeEqual(given, secret)) throw unauthorized();

  const { model, slug }: Hook = await request.json();
  const work: Promise<void>[] = [];
  if (model === 'post') {
    work.push(revalidateTag('posts'), revalidatePath('/blog'));
    if (slug) work.push(revalidatePath(`/blog/post/${slug}`));
  } else if (model === 'newsletter') {
    work.push(revalidateTag('newsletters'));
  } else {
    work.push(revalidateTag('jobs'), revalidatePath('/jobs'));
  }
  await Promise.all(work);
  return json({ done: work.length });
});
