/** What the pages and the browser share: plain data, no code. */

export interface Product {
  id: number;
  name: string;
  origin: string;
  /** For 100 grams. */
  cents: number;
  stock: number;
}

export interface Order {
  id: number;
  customer: string;
  product: string;
  grams: number;
  cents: number;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Day {
  /** `2026-04-01` */
  date: string;
  cents: number;
  orders: number;
}

export interface Stats {
  revenue: number;
  orders: number;
  average: number;
  low: number;
  /** When the database was asked, in milliseconds since 1970. */
  at: number;
}

export interface Comment {
  author: string;
  body: string;
}

export interface Post {
  id: number;
  title: string;
  body: string;
  author: string;
  published: string;
  comments: Comment[];
}
