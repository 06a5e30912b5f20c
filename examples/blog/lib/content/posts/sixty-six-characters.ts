import type { PostSeed } from '../post';

export default {
  slug: 'sixty-six-characters',
  title: 'Sixty-six characters',
  excerpt: 'How wide a column of text wants to be, how far apart its lines, and the four declarations that get a page most of the way.',
  author: 3,
  category: 3,
  publishedAt: '2025-09-16',
  featured: 0,
  tags: ['css', 'accessibility'],
  body: `
<p>At the end of each line the eye has to jump back and find the next one. If the line is too long, it lands on the
wrong one; if it is too short, it jumps all the time. Printers settled on a rule of thumb long ago: 45 to 75
characters, and 66 as the number to aim at.</p>
<h2>Measure</h2>
<p>CSS has a unit that is nearly made for this. One <code>ch</code> is as wide as a zero, and since most letters are
narrower than a zero, some 60 of them hold about 70 characters of running text.</p>
<pre><code>.prose {
  max-inline-size: 60ch;
  line-height: 1.6;
  text-wrap: pretty;
  hanging-punctuation: first last;
}</code></pre>
<h2>Leading</h2>
<p>The longer the line, the more air it needs above it. 1.5 is good for a narrow column, 1.6 for a full one. Headings
want far less, about 1.15: they are large already, and two lines of a heading belong together.</p>
<h2>Size</h2>
<p>Do not fix the size in pixels. Someone has told the browser which size they can read, and <code>rem</code> is how a
page listens. Let the size grow a little with the window, and keep a part of it relative, so that zooming works:</p>
<pre><code>font-size: clamp(1.0625rem, 1rem + 0.3vw, 1.25rem);</code></pre>
<p>Everything beyond these lines is taste. These lines are respect.</p>
`,
} satisfies PostSeed;
