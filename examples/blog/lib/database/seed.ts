/** The site's content as insert statements: no clock and no chance in it, so that every process seeds the same rows. */
import type { InStatement, InValue } from '@libsql/client';
import { categories, comments, pageConfig, tags, users } from '../content/people';
import { posts } from '../content/posts';
import { products } from '../content/products';

const WORDS_A_MINUTE = 200;

/** Every insert, in the order in which the tables refer to each other. */
export function content(): InStatement[] {
  return [
    ...users.map((user) => insert('users', { ...user })),
    ...categories.map((category) => insert('categories', { ...category })),
    ...tags.map((tag) => insert('tags', { ...tag })),
    ...posts.flatMap(({ tags: names, author, category, publishedAt, ...post }, index) => [
      insert('posts', {
        id: index + 1,
        ...post,
        author_id: author,
        category_id: category,
        published_at: publishedAt,
        plain: plainText(post.body),
        minutes: Math.ceil(plainText(post.body).split(' ').length / WORDS_A_MINUTE),
      }),
      ...names.map((tag) => insert('post_tags', { post_id: index + 1, tag })),
    ]),
    ...comments.map(({ post, ...comment }, index) =>
      insert('comments', { id: index + 1, post_id: posts.findIndex(({ slug }) => slug === post) + 1, ...comment }),
    ),
    ...products.map(({ inStock, createdAt, ...product }, index) =>
      insert('products', { id: index + 1, ...product, in_stock: inStock, created_at: createdAt }),
    ),
    ...Object.entries(pageConfig).map(([key, value]) => insert('page_config', { key, value })),
  ];
}

/** Table and column names come from this file alone; the values are bound. */
function insert(table: string, row: Record<string, InValue>): InStatement {
  const columns = Object.keys(row);
  const holes = columns.map(() => '?').join(', ');
  return {
    sql: `insert or ignore into ${table} (${columns.join(', ')}) values (${holes})`,
    args: Object.values(row),
  };
}

/** The words of a post without markup, for the search; the posts use these few entities only. */
function plainText(html: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
