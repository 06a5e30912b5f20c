/** What the shop sells. */
export interface Product {
  id: number;
  name: string;
}

export const products: Product[] = [
  { id: 1, name: 'Assam' },
  { id: 2, name: 'Sencha' },
  { id: 3, name: 'Rooibos' },
];
