/** The queries of the shop, one function each. SQL stays in this file; pages see plain typed objects. */
import { query } from './database/connection';
import type { Day, Order, Post, Product, Stats } from './types';

const WEEK = 7 * 86_400_000;

const products = {
  async findMany({ search = '' }: { search?: string } = {}): Promise<Product[]> {
    const rows = await query(
      `select id, name, origin, cents, stock from products where name like '%' || ? || '%' or origin like '%' || ? || '%' order by name`,
      [search, search],
    );
    return rows.map(({ id, name, origin, cents, stock }) => ({
      id: Number(id), name: String(name), origin: String(origin), cents: Number(cents), stock: Number(stock),
    }));
  },

  /** Adds to the stock; gives the product, or undefined where there is none. */
  async restock(id: number, amount: number): Promise<Product | undefined> {
    await query('update products set stock = stock + ? where id = ?', [amount, id]);
    return (await products.findMany()).find((product) => product.id === id);
  },
};

const orders = {
  async findLatest(limit: number): Promise<Order[]> {
    const rows = await query(
      `select o.id, o.customer, p.name as product, o.grams, o.cents, o.at from orders o join products p on p.id = o.product_id
        order by o.at desc, o.id desc limit ?`,
      [limit],
    );
    return rows.map(({ id, customer, product, grams, cents, at }) => ({
      id: Number(id), customer: String(customer), product: String(product), grams: Number(grams), cents: Number(cents), at: Number(at),
    }));
  },

  /** Revenue by day, oldest first. */
  async byDay(): Promise<Day[]> {
    const rows = await query(
      `select date(at / 1000, 'unixepoch') as date, sum(cents) as cents, count(*) as orders from orders group by 1 order by 1`,
    );
    return rows.map(({ date, cents, orders }) => ({ date: String(date), cents: Number(cents), orders: Number(orders) }));
  },
};

/** How the last seven days went. */
async function stats(): Promise<Stats> {
  const at = Date.now();
  const [sold] = await query('select coalesce(sum(cents), 0) as cents, count(*) as orders from orders where at > ?', [at - WEEK]);
  const [low] = await query('select count(*) as products from products where stock < 10');
  const revenue = Number(sold?.cents);
  const count = Number(sold?.orders);
  return { revenue, orders: count, average: count === 0 ? 0 : Math.round(revenue / count), low: Number(low?.products), at };
}

const posts = {
  async findMany({ include }: { include?: { comments?: boolean } } = {}): Promise<Post[]> {
    const rows = await query('select id, title, body, author, published_on from posts order by published_on desc');
    const comments = include?.comments === true ? await query('select post_id, author, body from comments order by id') : [];
    return rows.map(({ id, title, body, author, published_on }) => ({
      id: Number(id), title: String(title), body: String(body), author: String(author), published: String(published_on),
      comments: comments.filter((comment) => comment.post_id === id).map((comment) => ({ author: String(comment.author), body: String(comment.body) })),
    }));
  },
};

const pageConfig = {
  /** What a page says of itself. */
  async find(): Promise<{ title: string; lead: string }> {
    const [row] = await query('select count(*) as posts from posts');
    return { title: 'Notes & comments', lead: `${Number(row?.posts)} notes; what readers say takes a while longer.` };
  },
};

export const db = { products, orders, posts, pageConfig, stats };
