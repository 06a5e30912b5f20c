export interface Post {
  slug: string;
  title: string;
  date: string;
  excerpt: string;
  paragraphs: string[];
}

export const posts: Post[] = [
  {
    slug: 'hello',
    title: 'Hello',
    date: '2025-11-02',
    excerpt: 'The first post, and how to write the second.',
    paragraphs: [
      'This post is an object in lib/posts.ts. Add another one to the array, build again, and it has a page.',
      'The page itself is routes/blog/[slug].velox. Its function `paths` tells the build which posts there are.',
    ],
  },
  {
    slug: 'fresh-or-finished',
    title: 'Fresh or finished',
    date: '2025-11-09',
    excerpt: 'When a page is made at build time, and when on every request.',
    paragraphs: [
      'A page that awaits something in its server block is made on every request. Any other page is made once, at build time.',
      'To choose yourself, export a config: `export const config = { render: "ssg" }`, or "ssr", "isr", "csr".',
    ],
  },
  {
    slug: 'safe-by-place',
    title: 'Safe by place',
    date: '2025-11-16',
    excerpt: 'What braces print, and why <script> in a title does no harm.',
    paragraphs: [
      'Everything between braces is escaped for the place where it stands: text, an attribute, a link.',
      'To print HTML as it is, write it as `innerHTML={html}` on an element without children.',
    ],
  },
];

const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** `2025-11-02` as `November 2, 2025`. */
export const formatDate = (date: string): string => format.format(new Date(`${date}T00:00:00Z`));
