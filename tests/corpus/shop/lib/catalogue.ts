import { sql } from './sql';
import type { Money } from './money';

export interface Product {
  id: number;
  slug: string;
  name: string;
  blurb: string;
  price: Money;
  was?: Money;
  brand: string;
  category: string[];
  images: { src: string; alt: string; width: number; height: number }[];
  stock: number;
  options: Record<string, readonly string[]>;
}

export type ProductCard = Pick<Product, 'slug' | 'name' | 'price' | 'was' | 'brand' | 'images' | 'stock'>;

const API = 'https://catalogue.kiln-and-thread.example/v2';

/** All products. Pages that show them carry the tag `products`. */
export async function allProducts(filter: { category?: string; brand?: string; sale?: boolean } = {}): Promise<ProductCard[]> {
  const query = new URLSearchParams(Object.entries(filter).map(([key, value]) => [key, String(value)]));
  const answer = await fetch(`${API}/products?${query}`, { next: { tags: ['products'] } });
  if (!answer.ok) throw new Error(`catalogue: ${answer.status}`);
  return answer.json();
}

export async function productBySlug(slug: string): Promise<Product | null> {
  const answer = await fetch(`${API}/products/${encodeURIComponent(slug)}`, { next: { tags: ['products', `product:${slug}`] } });
  return answer.status === 404 ? null : answer.json();
}

export const slugs = async (): Promise<string[]> => (await allProducts()).map(({ slug }) => slug);

export const stockOf = (id: number) => sql<{ depot: string; count: number }>`
  select depot, count from stock where product = ${id} order by count desc`;

export const searchProducts = (words: string, limit = 24) => sql<ProductCard>`
  select * from products where document @@ websearch_to_tsquery(${words}) limit ${limit}`;
