/** The queries of the site, one function each. SQL stays in this file; pages see plain typed objects. */
import type { InValue, Row } from '@libsql/client';
import { query } from './database/connection';
import type {
  Category,
  Comment,
  PageConfig,
  Post,
  PostSummary,
  PostWithComments,
  Product,
  Tag,
  TagWithCount,
  User,
} from './types';

/** Which posts to find; every condition given must hold. */
export interface PostFilter {
  /** Words that the title, the excerpt or the text holds. */
  search?: string | undefined;
  /** The slug of a tag. */
  tag?: string | undefined;
  /** The slug of a category. */
  category?: string | undefined;
  featured?: boolean | undefined;
}

/** Which part of the found posts to give. */
export interface PostPage extends PostFilter {
  limit?: number | undefined;
  offset?: number | undefined;
}

// Tags arrive as one JSON column, so that a list of posts is one query.
const SUMMARY = `
  select p.id, p.slug, p.title, p.excerpt, p.author_id, u.name as author, p.category_id, c.name as category,
    p.published_at, p.minutes, p.featured,
    (select json_group_array(json_object('slug', t.slug, 'name', t.name))
      from (select tags.slug, tags.name from post_tags join tags on tags.slug = post_tags.tag
        where post_tags.post_id = p.id order by tags.name collate nocase) t) as tags
  from posts p
  join users u on u.id = p.author_id
  join categories c on c.id = p.category_id`;
const NEWEST_FIRST = 'order by p.published_at desc, p.id';

/** The posts with their comments, or without. */
function findMany(options: PostPage & { include: { comments: true } }): Promise<PostWithComments[]>;
function findMany(options?: PostPage & { include?: { comments?: false } }): Promise<PostSummary[]>;
async function findMany(options: PostPage & { include?: { comments?: boolean } } = {}): Promise<PostSummary[]> {
  const { where, args } = conditions(options);
  const rows = await query(`${SUMMARY} ${where} ${NEWEST_FIRST} limit ? offset ?`, [
    ...args,
    options.limit ?? -1,
    options.offset ?? 0,
  ]);
  const posts = rows.map(summary);
  return options.include?.comments === true ? withComments(posts) : posts;
}

const posts = {
  findMany,

  async count(filter: PostFilter = {}): Promise<number> {
    const { where, args } = conditions(filter);
    const [row] = await query(
      `select count(*) as n from posts p join categories c on c.id = p.category_id ${where}`,
      args,
    );
    return row === undefined ? 0 : number(row, 'n');
  },

  async findBySlug(slug: string): Promise<Post | null> {
    const [row] = await query(`${SUMMARY} where p.slug = ?`, [slug]);
    if (row === undefined) return null;
    const [body] = await query('select body from posts where slug = ?', [slug]);
    return { ...summary(row), body: body === undefined ? '' : text(body, 'body') };
  },

  async findManySlugs(): Promise<string[]> {
    return (await query('select slug from posts order by slug')).map((row) => text(row, 'slug'));
  },

  async findByUser(userId: number): Promise<PostSummary[]> {
    return (await query(`${SUMMARY} where p.author_id = ? ${NEWEST_FIRST}`, [userId])).map(summary);
  },

  /** Posts that share the most tags with this one. */
  async findRelated(postId: number, limit = 3): Promise<PostSummary[]> {
    const rows = await query(
      `${SUMMARY}
      join (select other.post_id, count(*) as shared from post_tags mine
        join post_tags other on other.tag = mine.tag and other.post_id <> mine.post_id
        where mine.post_id = ? group by other.post_id) r on r.post_id = p.id
      order by r.shared desc, p.published_at desc, p.id limit ?`,
      [postId, limit],
    );
    return rows.map(summary);
  },

  async findComments(postId: number): Promise<Comment[]> {
    const rows = await query('select id, author, body from comments where post_id = ? order by id', [postId]);
    return rows.map((row) => ({ id: number(row, 'id'), author: text(row, 'author'), body: text(row, 'body') }));
  },
};

const products = {
  async findMany({ orderBy }: { orderBy: 'created_at' | 'name' | 'cents' }): Promise<Product[]> {
    // A column cannot be bound; it is chosen from a closed list instead.
    const order = { created_at: 'created_at desc, id', name: 'name, id', cents: 'cents, id' }[orderBy];
    const rows = await query(`select * from products order by ${order}`);
    return rows.map((row) => ({
      id: number(row, 'id'),
      slug: text(row, 'slug'),
      name: text(row, 'name'),
      description: text(row, 'description'),
      cents: number(row, 'cents'),
      inStock: number(row, 'in_stock') === 1,
      createdAt: text(row, 'created_at'),
    }));
  },
};

const users = {
  async findById(id: number): Promise<User | null> {
    const [row] = await query('select * from users where id = ?', [id]);
    return row === undefined ? null : user(row);
  },

  async findAll(): Promise<User[]> {
    return (await query('select * from users order by name')).map(user);
  },
};

const categories = {
  async findAll(): Promise<Category[]> {
    const rows = await query('select id, slug, name from categories order by name');
    return rows.map((row) => ({ id: number(row, 'id'), slug: text(row, 'slug'), name: text(row, 'name') }));
  },
};

const tags = {
  async findAll(): Promise<TagWithCount[]> {
    const rows = await query(
      `select t.slug, t.name, count(pt.post_id) as posts from tags t
      join post_tags pt on pt.tag = t.slug group by t.slug order by t.name collate nocase`,
    );
    return rows.map((row) => ({ slug: text(row, 'slug'), name: text(row, 'name'), posts: number(row, 'posts') }));
  },

  async findBySlug(slug: string): Promise<Tag | null> {
    const [row] = await query('select slug, name from tags where slug = ?', [slug]);
    return row === undefined ? null : { slug: text(row, 'slug'), name: text(row, 'name') };
  },
};

const pageConfig = {
  async find(): Promise<PageConfig> {
    const rows = await query('select key, value from page_config');
    const values = new Map(rows.map((row) => [text(row, 'key'), text(row, 'value')]));
    return { title: values.get('title') ?? '', intro: values.get('intro') ?? '' };
  },
};

export const db = { posts, products, users, categories, tags, pageConfig };

function conditions({ search, tag, category, featured }: PostFilter): { where: string; args: InValue[] } {
  const parts: string[] = [];
  const args: InValue[] = [];
  for (const word of (search ?? '').split(/\s+/).filter(Boolean)) {
    // `%` and `_` in a visitor's words stand for themselves.
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(`(p.title like ? escape '\\' or p.excerpt like ? escape '\\' or p.plain like ? escape '\\')`);
    args.push(like, like, like);
  }
  if (tag !== undefined) {
    parts.push('exists (select 1 from post_tags where post_id = p.id and tag = ?)');
    args.push(tag);
  }
  if (category !== undefined) {
    parts.push('c.slug = ?');
    args.push(category);
  }
  if (featured !== undefined) {
    parts.push('p.featured = ?');
    args.push(featured ? 1 : 0);
  }
  return { where: parts.length === 0 ? '' : `where ${parts.join(' and ')}`, args };
}

async function withComments(found: PostSummary[]): Promise<PostWithComments[]> {
  const ids = found.map(({ id }) => id);
  const holes = ids.map(() => '?').join(', ');
  const rows = await query(`select id, post_id, author, body from comments where post_id in (${holes}) order by id`, ids);
  const byPost = new Map<number, Comment[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    byPost
      .get(number(row, 'post_id'))
      ?.push({ id: number(row, 'id'), author: text(row, 'author'), body: text(row, 'body') });
  }
  return found.map((post) => ({ ...post, comments: byPost.get(post.id) ?? [] }));
}

function summary(row: Row): PostSummary {
  return {
    id: number(row, 'id'),
    slug: text(row, 'slug'),
    title: text(row, 'title'),
    excerpt: text(row, 'excerpt'),
    author: text(row, 'author'),
    authorId: number(row, 'author_id'),
    category: text(row, 'category'),
    categoryId: number(row, 'category_id'),
    publishedAt: text(row, 'published_at'),
    minutes: number(row, 'minutes'),
    featured: number(row, 'featured') === 1,
    tags: JSON.parse(text(row, 'tags')) as Tag[],
  };
}

function user(row: Row): User {
  return { id: number(row, 'id'), name: text(row, 'name'), role: text(row, 'role'), bio: text(row, 'bio') };
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}
