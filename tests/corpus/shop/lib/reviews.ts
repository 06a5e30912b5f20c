import { sql } from './sql';

export interface Review {
  id: number;
  author: string;
  stars: 1 | 2 | 3 | 4 | 5;
  text: string;
  written: string;
  helpful: number;
}

export async function reviewsOf(slug: string): Promise<Review[]> {
  return sql<Review>`select * from reviews where product = ${slug} order by helpful desc limit 50`;
}

export function histogram(reviews: readonly Review[]): number[] {
  const counts = [0, 0, 0, 0, 0];
  for (const { stars } of reviews) counts[stars - 1]!++;
  return counts;
}
