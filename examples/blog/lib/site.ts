/** What the whole site shares: its name, its address and its main menu. */
export const site = {
  name: 'Velox Blog',
  claim: 'Notes on databases, HTML and type',
  origin: 'http://localhost:3700',
};

export const menu = [
  { href: '/', label: 'Home' },
  { href: '/blog', label: 'Blog' },
  { href: '/archive', label: 'Archive' },
  { href: '/tags', label: 'Topics' },
  { href: '/features', label: 'Features' },
  { href: '/products', label: 'Products' },
  { href: '/about', label: 'About' },
];

/** Whether a menu entry stands for the page at `path`, or for a page below it. */
export const isCurrent = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
