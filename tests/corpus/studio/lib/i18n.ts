const dictionaries = {
  en: { greeting: 'Hello, {name}!', items: { one: '{count} item', other: '{count} items' } },
  de: { greeting: 'Hallo {name}!', items: { one: '{count} Stück', other: '{count} Stück' } },
  ar: { greeting: 'مرحبا {name}', items: { one: '{count} عنصر', other: '{count} عناصر' } },
} as const satisfies Record<string, { greeting: string; items: Record<string, string> }>;

export type Locale = keyof typeof dictionaries;

export const locales = Object.keys(dictionaries) as Locale[];

export const isLocale = (value: string): value is Locale => value in dictionaries;

export const dictionary = <L extends Locale>(locale: L) => dictionaries[locale];

export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
