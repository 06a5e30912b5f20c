import type { PostSeed } from '../post';

export default {
  slug: 'etags-the-quiet-cache',
  title: 'ETags, the quiet cache',
  excerpt: 'The cheapest answer that a server can give is “you have it already”. It takes one header in each direction.',
  author: 2,
  category: 2,
  publishedAt: '2025-05-05',
  featured: 0,
  tags: ['http', 'caching'],
  body: `
<p>A browser that has seen a page before can ask a better question than <em>give me the page</em>. It can ask: <em>is it
still this one?</em></p>
<pre><code>GET /features HTTP/1.1
If-None-Match: "k3v9x"

HTTP/1.1 304 Not Modified
ETag: "k3v9x"</code></pre>
<p>The tag in quotes is a name for these exact bytes; a hash of them does well. If the bytes are the same, the answer
has no body at all. The page is fresh, and it cost a few hundred bytes.</p>
<h2>Strong and weak</h2>
<p>A strong tag promises equal bytes. A weak one, written <code>W/"k3v9x"</code>, promises only the same meaning: a page that
differs in a timestamp in its footer, say. Compressing a response changes its bytes, so a server that compresses on
the fly should weaken the tag, or give the compressed form a tag of its own.</p>
<h2>For files whose name changes</h2>
<p>A style sheet called <code>site.4f1d9c.css</code> needs no question. Its name holds the hash, so a file with that name
never changes, and the browser may keep it for a year:</p>
<pre><code>Cache-Control: public, max-age=31536000, immutable</code></pre>
<p>The two go together well: pages keep their address and answer questions, the files they link to have new names when
they change and are never asked about.</p>
`,
} satisfies PostSeed;
