/** A post as it is written: `author` and `category` are ids from `people.ts`, `tags` are slugs, `body` is HTML. */
export interface PostSeed {
  slug: string;
  title: string;
  excerpt: string;
  author: number;
  category: number;
  publishedAt: string;
  featured: 0 | 1;
  tags: string[];
  body: string;
}
