export interface Customer {
  slug: string;
  name: string;
  sector: 'retail' | 'energy' | 'public' | 'media';
  quote: string;
  person: string;
  numbers: { label: string; value: number; unit?: '%' | 'h' | '×' }[];
}

export const customers: Customer[] = [
  {
    slug: 'north-grid',
    name: 'North Grid',
    sector: 'energy',
    quote: 'We stopped asking who has the latest file.',
    person: 'Ines Duarte, operations',
    numbers: [{ label: 'less mail', value: 41, unit: '%' }, { label: 'saved a week', value: 6, unit: 'h' }],
  },
  {
    slug: 'city-of-aarhus',
    name: 'City of Aarhus',
    sector: 'public',
    quote: 'Twelve departments, one place; nobody had to be trained.',
    person: 'Søren Holm',
    numbers: [{ label: 'faster answers', value: 3, unit: '×' }],
  },
  { slug: 'papier', name: 'Papier', sector: 'retail', quote: 'It is simply there.', person: 'Amélie Roux', numbers: [] },
];
