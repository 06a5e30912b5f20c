export type Currency = 'EUR' | 'GBP' | 'USD';

export interface Money {
  readonly cents: number;
  readonly currency: Currency;
}

const formats = new Map<string, Intl.NumberFormat>();

export function formatMoney({ cents, currency }: Money, locale = 'en-GB'): string {
  const key = `${locale}/${currency}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, { style: 'currency', currency })));
  return format.format(cents / 100);
}

export function sum(amounts: Iterable<Money>, currency: Currency = 'EUR'): Money {
  let cents = 0;
  for (const amount of amounts) cents += amount.cents;
  return { cents, currency };
}

export const euro = (cents: number): Money => ({ cents, currency: 'EUR' });
