/** What the site is made of, as the pages see it: plain objects, dates as `YYYY-MM-DD`. */

export interface Tag {
  slug: string;
  name: string;
}

export interface TagWithCount extends Tag {
  posts: number;
}

export interface Category {
  id: number;
  slug: string;
  name: string;
}

export interface User {
  id: number;
  name: string;
  role: string;
  bio: string;
}

export interface Comment {
  id: number;
  author: string;
  body: string;
}

/** A post in a list: everything but its text. */
export interface PostSummary {
  id: number;
  slug: string;
  title: string;
  excerpt: string;
  author: string;
  authorId: number;
  category: string;
  categoryId: number;
  publishedAt: string;
  minutes: number;
  featured: boolean;
  tags: Tag[];
}

/** A post on its own page; `body` is HTML written by the site's authors. */
export interface Post extends PostSummary {
  body: string;
}

export interface PostWithComments extends PostSummary {
  comments: Comment[];
}

export interface Product {
  id: number;
  slug: string;
  name: string;
  description: string;
  cents: number;
  inStock: boolean;
  createdAt: string;
}

export interface Feature {
  name: string;
  description: string;
}

/** What an editor may change without a release: the texts of the streaming page. */
export interface PageConfig {
  title: string;
  intro: string;
}
