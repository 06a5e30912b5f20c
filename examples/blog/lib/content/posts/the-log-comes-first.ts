import type { PostSeed } from '../post';

export default {
  slug: 'the-log-comes-first',
  title: 'The log comes first',
  excerpt: 'How a database survives a pulled plug: it writes down what it is going to do, and only then does it.',
  author: 1,
  category: 1,
  publishedAt: '2025-02-11',
  featured: 0,
  tags: ['sql', 'performance'],
  body: `
<p>A table lies on the disk in pages of a few kilobytes. One insert may touch several of them: the row, two indexes, a
list of free space. If the power fails between the second and the third, the file contradicts itself.</p>
<h2>Write it down twice</h2>
<p>The remedy sounds wasteful. Before it touches the pages, the database appends a record of what it intends to a
separate file, the write-ahead log, and asks the disk to make that durable. Only then is the transaction committed. The pages
themselves can be written later, in any order, many at a time.</p>
<p>After a crash the database reads the log from the last known good point. What is in it completely is done again;
what ends in the middle never happened.</p>
<h2>Why it is faster</h2>
<p>Appending is what disks do best. Without the log, each commit would have to write pages all over the file; with it, each commit writes
to one place, and ten commits that arrive together can share one trip to the disk. The log is the rare safety
measure that also makes things quick.</p>
<h2>The setting not to touch</h2>
<p>Every database has a switch that stops it from waiting for the disk. Benchmarks love it:</p>
<pre><code>pragma synchronous = off; -- fast, until it matters</code></pre>
<p>It turns <em>committed</em> into <em>probably</em>. There are data for which this is fine: caches, things that can be
computed again. Know which yours are.</p>
`,
} satisfies PostSeed;
