import type { PostSeed } from '../post';

export default {
  slug: 'escape-where-you-print',
  title: 'Escape where you print, not where you read',
  excerpt: 'Cleaning input feels safe and is not: the danger lies in the place where a value is printed, and each place has rules of its own.',
  author: 2,
  category: 2,
  publishedAt: '2025-08-21',
  featured: 0,
  tags: ['html', 'security'],
  body: `
<p>A visitor is called <em>O’Neill &amp; Sons</em>. Somewhere between the form and the page the name turns into
<code>O&amp;amp;#39;Neill &amp;amp; Sons</code>, and everyone has seen this. It is the mark of a program that escapes on the
way in, and then again on the way out.</p>
<h2>A value has no language</h2>
<p>In the database the name is a name. It becomes HTML only when it is printed between tags, it becomes a part of a URL
only inside a link, and JSON only inside a script block. Each of those languages has its own dangerous characters:</p>
<ul>
<li>between tags: <code>&lt;</code> and <code>&amp;</code>;</li>
<li>in a quoted attribute: the quote as well;</li>
<li>in a link: the whole scheme, since <code>javascript:</code> contains nothing that looks odd;</li>
<li>in a script block: <code>&lt;</code> again, because the parser looks for the end tag and does not care about strings.</li>
</ul>
<p>Whoever cleans the value at the entrance has to know all the places where it will ever be printed. Nobody does.</p>
<h2>Let the printer decide</h2>
<p>The template is the one piece of the program that knows the place. A compiler that parses HTML can choose the right
rule for each hole, and refuse the places where no rule is safe. Then <q>raw</q> becomes a word that one has to write,
which can be searched for in review.</p>
<p>Read the comments below: they hold a script. It is quite harmless there.</p>
`,
} satisfies PostSeed;
