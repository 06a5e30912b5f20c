import type { PostSeed } from '../post';

export default {
  slug: 'an-index-is-a-promise-about-order',
  title: 'An index is a promise about order',
  excerpt: 'Why the second column of an index helps only those who ask for the first, and what a telephone book has to do with it.',
  author: 1,
  category: 1,
  publishedAt: '2025-11-18',
  featured: 1,
  tags: ['sql', 'performance'],
  body: `
<p>An index does not make a query fast. It keeps rows in an order, and a query is fast when that order happens to
answer it. Everything else about indexes follows from this one sentence.</p>
<h2>The telephone book</h2>
<p>A telephone book is sorted by surname, then by first name. To find all the <em>Okafors</em> you open it once and read
on until the name changes. To find <em>Okafor, Tomás</em> you do the same and stop earlier. But to find everyone called
Tomás you read the whole book, although every first name is in it.</p>
<p>An index on two columns is that book:</p>
<pre><code>create index posts_by_author on posts (author_id, published_at desc);

-- one range of the index, already in the wanted order
select title from posts
where author_id = 7
order by published_at desc
limit 10;

-- cannot use it: the first column is not known
select title from posts where published_at &gt; '2025-01-01';</code></pre>
<p>The first query finds one spot, walks ten entries and stops. It needs no sorting, because the promise already
covers the order it asks for.</p>
<h2>What it costs</h2>
<p>A promise has to be kept at every write. Each insert puts one entry into each index, at a place that the order
dictates. Five indexes that nobody reads are five small taxes on every row, for ever. So ask the database which of
its indexes were used last month, and delete the others without regret: an index can always be made again.</p>
<h2>Read the plan</h2>
<p>Do not guess. <code>explain</code> tells in one line whether the query searches or scans. If it says <em>scan</em> and
the table is small, that is fine; reading two pages in a row is cheaper than jumping between them. If it says
<em>scan</em> and the table grows every day, you have found next year’s outage.</p>
`,
} satisfies PostSeed;
