export enum Unit {
  Day = 86_400_000,
  Hour = Day / 24,
}

export namespace Money {
  export const format = (cents: number, currency = 'EUR', locale = 'en-IE') =>
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);
}

export const ago = (date: Date, now = Date.now()) =>
  new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
    Math.round((date.getTime() - now) / Unit.Day),
    'day',
  );

export const list = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });

export const cx = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');
