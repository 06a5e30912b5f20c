export type Kind = 'added' | 'changed' | 'fixed' | 'removed';

export interface Release {
  version: `${number}.${number}.${number}`;
  date: string;
  breaking?: boolean;
  notes: { [K in Kind]?: readonly string[] };
}

export const releases: readonly Release[] = [
  { version: '3.1.0', date: '2025-11-02', notes: { added: ['`--watch` takes globs', 'JSON output'], fixed: ['`<` in paths'] } },
  { version: '3.0.0', date: '2025-06-21', breaking: true, notes: { changed: ['plugins are ES modules'], removed: ['the `--legacy` flag'] } },
  { version: '2.9.4', date: '2025-02-14', notes: { fixed: ['a race in the cache'] } },
];
