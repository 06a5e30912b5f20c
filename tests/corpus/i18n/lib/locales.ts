export const locales = ['en', 'de', 'fr', 'ar', 'ja', 'pl'] as const;
export type Locale = (typeof locales)[number];
export const fallback: Locale = 'en';

export const isLocale = (text: string | undefined): text is Locale => (locales as readonly (string | undefined)[]).includes(text);

/** The locale of an optional parameter, or nothing where it names none. */
export function localeOf(param: string | undefined): Locale | null {
  if (param === undefined) return fallback;
  return isLocale(param) ? param : null;
}

export const direction = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

export function localePaths<const Extra extends Record<string, string>>(extras: readonly Extra[]): (Extra & { locale: Locale })[] {
  return locales.flatMap((locale) => extras.map((extra) => ({ ...extra, locale })));
}
