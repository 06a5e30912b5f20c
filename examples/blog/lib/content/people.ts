/** Who writes, what about, and the readers' comments. */
export const users = [
  {
    id: 1,
    name: 'Mara Lindqvist',
    role: 'Databases',
    bio: 'Spent ten years keeping other people’s queries fast. Reads query plans the way others read newspapers.',
  },
  {
    id: 2,
    name: 'Tomás Okafor',
    role: 'The web platform',
    bio: 'Builds sites that still work on a train. Believes that most pages need less than they have.',
  },
  {
    id: 3,
    name: 'Ines Achterberg',
    role: 'Typography',
    bio: 'Set her first page in lead and her latest one in CSS. Counts characters per line for fun.',
  },
];

export const categories = [
  { id: 1, slug: 'databases', name: 'Databases' },
  { id: 2, slug: 'web', name: 'The web' },
  { id: 3, slug: 'typography', name: 'Typography' },
];

export const tags = [
  { slug: 'accessibility', name: 'Accessibility' },
  { slug: 'caching', name: 'Caching' },
  { slug: 'css', name: 'CSS' },
  { slug: 'html', name: 'HTML' },
  { slug: 'http', name: 'HTTP' },
  { slug: 'performance', name: 'Performance' },
  { slug: 'security', name: 'Security' },
  { slug: 'sql', name: 'SQL' },
];

/** `post` is the slug of the post that a comment belongs to. */
export const comments = [
  {
    post: 'an-index-is-a-promise-about-order',
    author: 'Ruth',
    body: 'The telephone book finally made the leftmost column rule click for me.',
  },
  {
    post: 'an-index-is-a-promise-about-order',
    author: 'Jonas',
    body: 'Dropped three unused indexes after reading this. Writes are 20 % faster & nobody noticed a thing.',
  },
  {
    post: 'stale-is-a-feature',
    author: 'Priya',
    body: 'We set it to a day and our 3 a.m. alerts went away.',
  },
  {
    post: 'escape-where-you-print',
    author: 'Bobby <b>Tables</b>',
    body: 'My mother sends her regards: <script>alert("hello")</script>',
  },
  {
    post: 'a-dark-theme-is-not-an-inverted-one',
    author: 'Chen',
    body: 'The advice on shadows is gold. Lighter surfaces for higher layers, never darker shadows.',
  },
  {
    post: 'the-form-element-already-knows-how-to-search',
    author: 'Amira',
    body: 'Deleted 140 lines of script. The back button works again.',
  },
];

export const pageConfig = {
  title: 'What readers say',
  intro: 'The frame of this page is ready at once. The posts with their comments come from a slow query.',
};
