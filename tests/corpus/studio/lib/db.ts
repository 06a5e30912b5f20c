import { drizzle } from 'drizzle-orm/node-postgres';
import { index, integer, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core';

export const posts = pgTable(
  'posts',
  {
    id: serial('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    likes: integer('likes').default(0),
    published: timestamp('published'),
  },
  (table) => [index('by_slug').on(table.slug)],
);

export type Post = typeof posts.$inferSelect;
export type NewPost = typeof posts.$inferInsert;

export const db = drizzle(process.env.DATABASE_URL!);
