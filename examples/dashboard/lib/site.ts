/** The menu. */
export const site = { name: 'Steep', claim: 'Back office' };

export const menu: readonly { href: string; label: string; icon: string }[] = [
  { href: '/', label: 'Overview', icon: 'M4 13h6V4H4zm0 7h6v-5H4zm10 0h6v-9h-6zm0-16v5h6V4z' },
  { href: '/dashboard', label: 'Live', icon: 'M3 12h4l3-8 4 16 3-8h4' },
  { href: '/products', label: 'Products', icon: 'M4 8l8-4 8 4v8l-8 4-8-4zm0 0l8 4 8-4m-8 4v8' },
  { href: '/posts', label: 'Notes', icon: 'M6 4h9l4 4v12H6zm3 8h7m-7 4h7' },
  { href: '/stream', label: 'Comments', icon: 'M4 5h16v11H9l-5 4z' },
  { href: '/counters', label: 'Islands', icon: 'M12 4v16M4 12h16' },
  { href: '/status', label: 'Status', icon: 'M5 13l4 4L19 7' },
];

/** Whether a path is this entry or below it. */
export const isCurrent = (href: string, path: string): boolean => (href === '/' ? path === '/' : path === href || path.startsWith(href + '/'));
