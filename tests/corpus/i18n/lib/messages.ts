import type { Locale } from './locales';

const en = {
  title: 'Atlas',
  hello: 'Hello, {name}!',
  cities: { one: '{n} city', other: '{n} cities' },
  nav: { places: 'Places', stories: 'Stories', help: 'Help' },
};

type Deep<T> = { [K in keyof T]: T[K] extends string ? string : Partial<Record<Intl.LDMLPluralRule, string>> & Deep<T[K]> };
export type Messages = Deep<typeof en>;

const catalogues: Record<Locale, Messages> = {
  en,
  de: { title: 'Atlas', hello: 'Hallo, {name}!', cities: { one: '{n} Stadt', other: '{n} Städte' }, nav: { places: 'Orte', stories: 'Geschichten', help: 'Hilfe' } },
  fr: { title: 'Atlas', hello: 'Bonjour {name} !', cities: { one: '{n} ville', other: '{n} villes' }, nav: { places: 'Lieux', stories: 'Récits', help: 'Aide' } },
  ar: {
    title: 'أطلس',
    hello: 'مرحبا {name}!',
    cities: { one: 'مدينة واحدة', two: 'مدينتان', few: '{n} مدن', many: '{n} مدينة', other: '{n} مدينة' },
    nav: { places: 'أماكن', stories: 'قصص', help: 'مساعدة' },
  },
  ja: { title: '地図帳', hello: 'こんにちは、{name}さん', cities: { one: '{n}都市', other: '{n}都市' }, nav: { places: '場所', stories: '物語', help: 'ヘルプ' } },
  pl: { title: 'Atlas', hello: 'Cześć, {name}!', cities: { one: '{n} miasto', few: '{n} miasta', many: '{n} miast', other: '{n} miasta' }, nav: { places: 'Miejsca', stories: 'Historie', help: 'Pomoc' } },
};

type Leaf = string | Partial<Record<Intl.LDMLPluralRule, string>>;

export function translator(locale: Locale) {
  const messages = catalogues[locale];
  const plurals = new Intl.PluralRules(locale);
  const fill = (text: string, values: Record<string, string | number>) => text.replace(/\{(\w+)\}/g, (_all, key: string) => String(values[key] ?? ''));
  function t(key: 'hello', values: { name: string }): string;
  function t(key: 'cities', values: { n: number }): string;
  function t(key: 'title'): string;
  function t(key: 'title' | 'hello' | 'cities', values: Record<string, string | number> = {}): string {
    const leaf: Leaf = messages[key];
    if (typeof leaf === 'string') return fill(leaf, values);
    return fill(leaf[plurals.select(Number(values.n))] ?? leaf.other ?? '', values);
  }
  return Object.assign(t, { messages });
}
