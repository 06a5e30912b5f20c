import type { PostSeed } from '../post';

export default {
  slug: 'streaming-before-it-was-fashionable',
  title: 'Streaming, before it was fashionable',
  excerpt: 'Browsers have drawn pages that were still arriving since the days of the modem. What that means for the order in which you send them.',
  author: 2,
  category: 2,
  publishedAt: '2025-03-24',
  featured: 0,
  tags: ['html', 'http', 'performance'],
  body: `
<p>In the days of the modem nobody waited for a whole page, since there was never a whole page. Text came in, the browser
drew it, pictures followed. HTML was made for that: a parser that has read half of a document has half of a page.</p>
<h2>Send the head first</h2>
<p>Most of a page is known before the database answers: the head, the style sheet, the header, the menu. Send it. The
browser starts to fetch the style sheet while the server is still waiting for its query, and two delays become one.</p>
<h2>Then what is slow</h2>
<p>For a long time the slow part had to be at the bottom, since a document arrives in order. Today the rest can come out
of order: a placeholder where it belongs, and later the content, which a few bytes of script put in its place.</p>
<pre><code>&lt;Suspense fallback={&lt;Spinner /&gt;}&gt;
  &lt;PostList postsPromise={posts} /&gt;
&lt;/Suspense&gt;</code></pre>
<h2>What one gives up</h2>
<p>With the first byte the status is sent. Whoever finds out later that the page does not exist can no longer answer
404. So the question whether there is a page at all belongs before the first byte, and only what decorates it may
be late. This is also why a redirect out of a slow component never works, in any framework.</p>
`,
} satisfies PostSeed;
