import type { PostSeed } from '../post';

export default {
  slug: 'the-form-element-already-knows-how-to-search',
  title: 'The form element already knows how to search',
  excerpt: 'A search field that works before any script arrives, can be bookmarked, and survives the back button: thirty years old and free.',
  author: 2,
  category: 2,
  publishedAt: '2025-10-29',
  featured: 1,
  tags: ['html', 'http', 'accessibility'],
  body: `
<p>Here is a complete search field. It has a state, it puts that state into the address bar, it works with the
keyboard, it can be bookmarked and shared, and it has never needed an update:</p>
<pre><code>&lt;form action="/blog" role="search"&gt;
  &lt;label for="q"&gt;Search&lt;/label&gt;
  &lt;input id="q" name="q" type="search"&gt;
  &lt;button&gt;Search&lt;/button&gt;
&lt;/form&gt;</code></pre>
<p>No method is given, so the browser sends a <code>GET</code>. The words end up in the query string, encoded the way
servers expect. The back button restores the last search because, for the browser, each search was simply a page.</p>
<h2>Safe means safe</h2>
<p><code>GET</code> is called <em>safe</em> because it only asks. A crawler may follow it, a proxy may cache it, a
nervous visitor may reload it ten times. The moment a form changes something on the server it needs
<code>POST</code>, and the answer should be a redirect, so that reloading the result does not send the order twice.</p>
<h2>What you print back</h2>
<p>A polite search page repeats the words: <q>3 posts for “index”</q>. Those words came from the outside, so they are
printed as text, never as markup. In the <code>value</code> attribute of the field the rules are a little different
than in the heading above the results, which is a good reason to leave the escaping to the template.</p>
<h2>And then, perhaps, script</h2>
<p>Suggestions while typing are nice. Build them on top: let the form work first, then listen to <code>input</code> and
fetch the same address. If the script fails, and one day it will, people press Enter.</p>
`,
} satisfies PostSeed;
