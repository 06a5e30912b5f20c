import { badRequest, defineHandler, redirect, useCookies } from 'velox/server';
import { isLocale } from '$lib/locales';

export const POST = defineHandler(async (request) => {
  const form = await request.formData();
  const locale = form.get('locale');
  if (typeof locale !== 'string' || !isLocale(locale)) throw badRequest('no such locale');
  useCookies().set('locale', locale, { maxAge: 31_536_000, httpOnly: false });
  return redirect(`/${locale}`, 303);
});
