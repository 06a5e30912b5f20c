import { isLocale } from '$lib/locales';
import { translator } from '$lib/messages';
import { defineHandler, json, notFound } from 'velox/server';

export const GET = defineHandler<{ locale: string }>(({ params: { locale } }) => {
  if (!isLocale(locale)) throw notFound();
  return json(translator(locale).messages, { headers: { 'content-language': locale, 'cache-control': 'public, max-age=3600' } });
});
