import { isLocale } from '$lib/locales';
import { defineHandler, revalidateTag, unauthorized } from 'velox/server';

export const POST = defineHandler(async (request) => {
  if (request.headers.get('authorization') !== `Bearer ${process.env.STORIES_TOKEN}`) throw unauthorized();
  const { slug, locale } = (await request.json()) as { slug?: string; locale?: string };
  const tags = [slug && `story:${slug}`, isLocale(locale) && `stories:${locale}`].filter((tag): tag is string => Boolean(tag));
  await Promise.all(tags.length > 0 ? tags.map((tag) => revalidateTag(tag)) : [revalidateTag('stories')]);
  return Response.json({ tags });
});
