import type { PostSeed } from '../post';

export default {
  slug: 'a-dark-theme-is-not-an-inverted-one',
  title: 'A dark theme is not an inverted one',
  excerpt: 'Swap black and white and you get glare, thin letters and glowing pictures. Four adjustments make the difference.',
  author: 3,
  category: 3,
  publishedAt: '2025-06-12',
  featured: 0,
  tags: ['css', 'accessibility'],
  body: `
<p>The first dark theme of every site is made in a minute: white becomes black, black becomes white. It is readable in
the way a neon sign is readable. These are the four things that I adjust afterwards.</p>
<h2>Contrast, downwards</h2>
<p>Pure white on pure black is the strongest contrast a screen can show, and at night it flickers before tired eyes.
A background near <code>#16181d</code> and text near <code>#e4e6eb</code> stay far above the accessible minimum and are calm.</p>
<h2>Weight</h2>
<p>Light letters on a dark ground look bolder than they are, since light spreads. If the typeface has the weights, take
a slightly lighter one; if not, leave a little more room between the lines.</p>
<h2>Depth</h2>
<p>On white, a raised card casts a shadow. On black a shadow cannot be seen. Let height be light instead: the closer a
surface is to the reader, the lighter its grey.</p>
<h2>Colour</h2>
<p>A saturated blue that sits well on white burns on black. Keep the hue, take away some saturation, add lightness, and
measure the contrast again.</p>
<pre><code>:root { color-scheme: light dark; --link: #1d4ed8; }

@media (prefers-color-scheme: dark) {
  :root { --link: #9db8ff; }
}</code></pre>
<p>The first declaration matters more than it looks: it tells the browser to draw its own scroll bars, form fields and
the page before your style sheet in the right colours too.</p>
`,
} satisfies PostSeed;
