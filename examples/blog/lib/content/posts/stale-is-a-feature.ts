import type { PostSeed } from '../post';

export default {
  slug: 'stale-is-a-feature',
  title: 'Stale is a feature',
  excerpt: 'A page that is one minute old and there is better than a fresh one that is still being made. Two numbers in a header say so.',
  author: 2,
  category: 2,
  publishedAt: '2025-10-07',
  featured: 1,
  tags: ['http', 'caching', 'performance'],
  body: `
<p>Ask an editor how old the front page may be, and the answer is <em>not at all</em>. Ask how long a reader may wait
for it, and the answer is the same. Both cannot be had, but something very close to both can.</p>
<h2>Serve first, work later</h2>
<p>The idea fits in one header:</p>
<pre><code>Cache-Control: max-age=60, stale-while-revalidate=3600</code></pre>
<p>For a minute the kept page counts as fresh. After that, and for an hour, it may still be served at once, on one
condition: whoever serves it fetches a new one in the background. The visitor who finds the old page pays nothing;
the next one gets the new page. Nobody waits.</p>
<h2>Three questions for every page</h2>
<ol>
<li><strong>Who shares it?</strong> If the page differs from visitor to visitor, it must not be kept for all of them.
This is the one mistake in caching that makes the news.</li>
<li><strong>How wrong can old be?</strong> A product list from an hour ago is harmless. A price at the checkout is not.</li>
<li><strong>Who knows that it changed?</strong> If an editor presses <em>Publish</em>, let that button also drop the kept
page. Time limits are for changes that nobody announces.</li>
</ol>
<h2>When the source is down</h2>
<p>The nicest effect shows on a bad day. A page that may be stale can outlive the database that it came from. The site
stays up, a little older than usual, while somebody drinks a coffee and restarts things in order.</p>
`,
} satisfies PostSeed;
