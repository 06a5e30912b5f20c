import type { PostSeed } from '../post';

export default {
  slug: 'transactions-are-about-failure',
  title: 'Transactions are about failure',
  excerpt: 'All or nothing is the easy half. The hard half is what two transactions see of each other, and what you do when one of them loses.',
  author: 1,
  category: 1,
  publishedAt: '2025-07-30',
  featured: 0,
  tags: ['sql'],
  body: `
<p>When everything works, nobody needs a transaction. The statements run one after the other and the result is right.
A transaction is a sentence about the other days: <em>if this stops in the middle, let it never have begun.</em></p>
<h2>The easy half</h2>
<pre><code>begin;
update accounts set cents = cents - 1000 where id = 1;
update accounts set cents = cents + 1000 where id = 2;
commit;</code></pre>
<p>Between the two lines the power may fail. After the restart either both lines happened or neither. No code of yours
is needed for that, and none that you could write would be as good.</p>
<h2>The hard half</h2>
<p>Now two people do this at once. Each reads a balance, decides that it suffices, and writes. Each decision was right
when it was made; together they are wrong. Isolation levels say which of these surprises the database will prevent,
and most databases prevent fewer by default than their users think.</p>
<p>At the strictest level the database promises a result that some order of one-after-the-other would have given. It
keeps the promise by sending one of the two home. So the strictest level comes with a duty:</p>
<ul>
<li>be ready to run the whole transaction again;</li>
<li>do nothing inside it that cannot be repeated: no mails, no payments;</li>
<li>keep it short, so that it seldom happens.</li>
</ul>
<p>A retry loop around a transaction is not a workaround. It is the other half of the contract.</p>
`,
} satisfies PostSeed;
