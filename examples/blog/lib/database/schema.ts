/** The tables, in the order in which they refer to each other. Running this twice changes nothing. */
export const schema: readonly string[] = [
  `create table if not exists users (
    id integer primary key,
    name text not null,
    role text not null,
    bio text not null
  )`,
  `create table if not exists categories (
    id integer primary key,
    slug text not null unique,
    name text not null
  )`,
  `create table if not exists posts (
    id integer primary key,
    slug text not null unique,
    title text not null,
    excerpt text not null,
    body text not null,
    plain text not null,
    author_id integer not null references users (id),
    category_id integer not null references categories (id),
    published_at text not null,
    minutes integer not null,
    featured integer not null default 0
  )`,
  `create index if not exists posts_by_date on posts (published_at desc, id)`,
  `create index if not exists posts_by_author on posts (author_id, published_at desc)`,
  `create table if not exists tags (
    slug text primary key,
    name text not null
  )`,
  `create table if not exists post_tags (
    post_id integer not null references posts (id),
    tag text not null references tags (slug),
    primary key (post_id, tag)
  )`,
  `create index if not exists posts_by_tag on post_tags (tag, post_id)`,
  `create table if not exists comments (
    id integer primary key,
    post_id integer not null references posts (id),
    author text not null,
    body text not null
  )`,
  `create table if not exists products (
    id integer primary key,
    slug text not null unique,
    name text not null,
    description text not null,
    cents integer not null,
    in_stock integer not null default 1,
    created_at text not null
  )`,
  `create table if not exists page_config (
    key text primary key,
    value text not null
  )`,
];
