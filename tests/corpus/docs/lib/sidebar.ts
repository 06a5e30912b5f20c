export interface Item {
  readonly title: string;
  readonly href?: string;
  readonly items?: readonly Item[];
}

export const sidebar = [
  { title: 'Start', items: [{ title: 'Install', href: '/install' }, { title: 'Tutorial', href: '/tutorial/1' }, { title: 'Concepts', href: '/concepts' }] },
  {
    title: 'Reference',
    items: [
      { title: 'Command line', href: '/reference/cli' },
      { title: 'Configuration', href: '/reference/config' },
      { title: 'Plugins', items: [{ title: 'Hooks', href: '/reference/plugins/hooks' }, { title: 'Context', href: '/reference/plugins/context' }] },
    ],
  },
  { title: 'Changelog', href: '/changelog' },
] as const satisfies readonly Item[];

export function* flatten(items: readonly Item[]): Generator<{ title: string; href: string }> {
  for (const { title, href, items: below } of items) {
    if (href) yield { title, href };
    if (below) yield* flatten(below);
  }
}
