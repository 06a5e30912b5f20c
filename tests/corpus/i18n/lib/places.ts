import type { Locale } from './locales';

export interface Place {
  id: string;
  name: { en: string } & Partial<Record<Locale, string>>;
  country: string;
  population: number;
  at: [latitude: number, longitude: number];
  zone: string;
}

export const places: Place[] = [
  { id: 'tokyo', name: { en: 'Tokyo', ja: '東京', ar: 'طوكيو' }, country: 'JP', population: 13_960_000, at: [35.68, 139.69], zone: 'Asia/Tokyo' },
  { id: 'cairo', name: { en: 'Cairo', de: 'Kairo', fr: 'Le Caire', ar: 'القاهرة', pl: 'Kair' }, country: 'EG', population: 10_100_000, at: [30.04, 31.24], zone: 'Africa/Cairo' },
  { id: 'lodz', name: { en: 'Łódź', ar: 'وودج' }, country: 'PL', population: 670_000, at: [51.76, 19.46], zone: 'Europe/Warsaw' },
  { id: 'koeln', name: { en: 'Cologne', de: 'Köln', fr: 'Cologne' }, country: 'DE', population: 1_085_000, at: [50.94, 6.96], zone: 'Europe/Berlin' },
];

export const nameOf = ({ name }: Place, locale: Locale): string => name[locale] ?? name.en;
export const byId = (id: string) => places.find((place) => place.id === id);
