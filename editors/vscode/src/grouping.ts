// How the tree of the routes is laid out: by the segments of their patterns, or by their modes. Knows no editor.
import type { Route } from './routes.ts';

/** A line of the tree: a route, or a group of them. */
export interface Branch {
  label: string;
  /** Tells lines of one level apart, and is the same after a change elsewhere. */
  id: string;
  route?: Route;
  inside: Branch[];
}

/** How routes are grouped. */
export type Grouping = 'path' | 'mode';

const MODES: readonly (readonly [mode: string, words: string])[] = [
  ['ssr', 'On each request (ssr)'],
  ['ssg', 'At build (ssg)'],
  ['isr', 'At build, renewed (isr)'],
  ['csr', 'In the browser (csr)'],
  ['', 'Endpoints'],
];

/** The tree; a level for each project where there are several. */
export function group(routes: readonly Route[], grouping: Grouping): Branch[] {
  const projects = [...new Set(routes.map((route) => route.project))].sort();
  const lay = grouping === 'mode' ? byMode : byPath;
  const [only] = projects;
  if (projects.length <= 1) return lay(routes, only ?? '');
  return projects.map((project) => {
    const own = routes.filter((route) => route.project === project);
    return { label: project.split(/[\\/]/).filter(Boolean).at(-1) ?? project, id: project, inside: lay(own, project) };
  });
}

function line(label: string, id: string, route: Route): Branch {
  return { label, id: `${id}#${route.file}`, route, inside: [] };
}

function byPattern(a: Route, b: Route): number {
  return a.pattern.localeCompare(b.pattern) || a.file.localeCompare(b.file);
}

function byMode(routes: readonly Route[], project: string): Branch[] {
  return MODES.flatMap(([mode, label]) => {
    const own = routes.filter((route) => (route.mode ?? '') === mode).sort(byPattern);
    const id = `${project}|${mode}`;
    return own.length ? [{ label, id, inside: own.map((route) => line(route.pattern, id, route)) }] : [];
  });
}

/** A group for each first segment that several routes share, and so on below it. */
function byPath(routes: readonly Route[], project: string): Branch[] {
  return below([...routes].sort(byPattern), 0, `${project}|`);
}

function below(routes: readonly Route[], depth: number, id: string): Branch[] {
  const found: Branch[] = [];
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const segment = route.pattern.split('/').filter(Boolean)[depth];
    if (segment === undefined) found.push(line(depth === 0 ? '/' : route.pattern, id, route));
    else groups.set(segment, [...(groups.get(segment) ?? []), route]);
  }
  for (const [segment, own] of groups) {
    const [first] = own;
    const inner = `${id}/${segment}`;
    if (first && own.length === 1) found.push(line(first.pattern, inner, first));
    else found.push({ label: `/${segment}`, id: inner, inside: below(own, depth + 1, inner) });
  }
  return found;
}
