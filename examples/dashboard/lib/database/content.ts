/** Tables, and what a new shop begins with. Running this twice changes nothing. */
import type { InStatement } from '@libsql/client';

export const schema: readonly string[] = [
  `create table if not exists products (
    id integer primary key,
    name text not null,
    origin text not null,
    cents integer not null,
    stock integer not null
  )`,
  `create table if not exists orders (
    id integer primary key,
    customer text not null,
    product_id integer not null references products (id),
    grams integer not null,
    cents integer not null,
    at integer not null
  )`,
  `create index if not exists orders_by_time on orders (at desc)`,
  `create table if not exists posts (
    id integer primary key,
    title text not null,
    body text not null,
    author text not null,
    published_on text not null
  )`,
  `create table if not exists comments (
    id integer primary key,
    post_id integer not null references posts (id),
    author text not null,
    body text not null
  )`,
];

const PRODUCTS: readonly [name: string, origin: string, cents: number, stock: number][] = [
  ['Sencha Asamushi', 'Shizuoka, Japan', 1450, 42],
  ['Darjeeling First Flush', 'West Bengal, India', 1890, 18],
  ['Tieguanyin', 'Anxi, China', 2100, 9],
  ['Earl Grey Imperial', 'Blend', 1190, 64],
  ['Gyokuro Hokuen', 'Yame, Japan', 3250, 4],
  ['Assam Mangalam', 'Assam, India', 990, 71],
  ['Bai Mudan', 'Fujian, China', 1640, 23],
  ['Rooibos Vanilla', 'Cederberg, South Africa', 850, 55],
];

const CUSTOMERS = ['Amara Okafor', 'Jonas Weber', 'Lucía Prieto', 'Mei Tanaka', 'Noor Haddad', 'Peter Novak', 'Rosa Lindgren', 'Samir Patel'];

const POSTS: readonly [title: string, body: string, author: string, published: string][] = [
  ['Water is an ingredient', 'Hard water flattens green tea. We now ship a small filter with every kilo of Sencha.', 'Ines', '2026-03-02'],
  ['First flush has landed', 'Forty-two chests from three gardens, tasted on Tuesday, sold out of the first by Friday.', 'Tom', '2026-03-19'],
  ['Why we weigh twice', 'Scales drift. Two of them, from two makers, rarely drift the same way.', 'Ines', '2026-04-08'],
  ['The slow cup', 'Cold brewing takes eight hours and forgives everything but impatience.', 'Ravi', '2026-05-21'],
];

const COMMENTS: readonly [post: number, author: string, body: string][] = [
  [1, 'Mei', 'The filter made more difference than the kettle did.'],
  [1, 'Peter', 'Do you have one for coffee?'],
  [2, 'Amara', 'Got one of the last bags. Worth the wait.'],
  [3, 'Jonas', 'We use three, and a vote.'],
  [4, 'Rosa', 'Overnight in the fridge, with a strip of lemon peel.'],
  [4, 'Noor', 'Impatience ruins mine every time.'],
];

const DAY = 86_400_000;

/** Orders of the last two weeks, the same for every shop: a small generator stands in for chance. */
function orders(): InStatement[] {
  let seed = 20_260_401;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const today = new Date().setHours(0, 0, 0, 0);
  const made: InStatement[] = [];
  for (let day = 13; day >= 0; day--) {
    const count = 4 + next(6) + (day < 5 ? 2 : 0);
    for (let n = 0; n < count; n++) {
      const product = next(PRODUCTS.length);
      const grams = 50 * (1 + next(6));
      const cents = Math.round((PRODUCTS[product]![2] * grams) / 100);
      made.push({
        sql: 'insert or ignore into orders values (?, ?, ?, ?, ?, ?)',
        args: [made.length + 1, CUSTOMERS[next(CUSTOMERS.length)]!, product + 1, grams, cents, today - day * DAY + next(9 * 3_600_000)],
      });
    }
  }
  return made;
}

/** Every row of a new shop. */
export function content(): InStatement[] {
  return [
    ...PRODUCTS.map((row, index) => ({ sql: 'insert or ignore into products values (?, ?, ?, ?, ?)', args: [index + 1, ...row] })),
    ...orders(),
    ...POSTS.map((row, index) => ({ sql: 'insert or ignore into posts values (?, ?, ?, ?, ?)', args: [index + 1, ...row] })),
    ...COMMENTS.map((row, index) => ({ sql: 'insert or ignore into comments values (?, ?, ?, ?)', args: [index + 1, ...row] })),
  ];
}
