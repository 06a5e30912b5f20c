// What a new route is made of: the file of a path that somebody types, and what it begins with. Writes nothing.

/** What a route can be made as. */
export type RouteKind = 'page' | 'static' | 'endpoint';

/** A file to be made. */
export interface NewRoute {
  /** Below the folder of the routes. */
  file: string;
  text: string;
}

interface Segment {
  /** As the file system has it: `[slug]`. */
  text: string;
  /** The name of its param. */
  param?: string;
  rest?: boolean;
  optional?: boolean;
}

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const FORMS: [RegExp, (name: string) => Segment][] = [
  [/^(?:\[\[\.\.\.([^\]]*)\]\]|:([^?+*]*)\*)$/, (param) => ({ text: `[[...${param}]]`, param, rest: true, optional: true })],
  [/^(?:\[\.\.\.([^\]]*)\]|:([^?+*]*)\+)$/, (param) => ({ text: `[...${param}]`, param, rest: true })],
  [/^(?:\[\[([^\]]*)\]\]|:([^?+*]*)\?)$/, (param) => ({ text: `[[${param}]]`, param, optional: true })],
  [/^(?:\[([^\]]*)\]|:([^?+*]*))$/, (param) => ({ text: `[${param}]`, param })],
];

/**
 * The segments of what somebody typed: `/blog/:slug` as well as `routes/blog/[slug].velox`. Throws an `Error` that says what is
 * wrong with it.
 */
function segments(typed: string): Segment[] {
  const path = typed
    .trim()
    .replace(/\\/g, '/')
    .replace(/^\/?(src\/)?routes\//, '')
    .replace(/(\.velox|\+server\.[tj]s)$/, '');
  const seen = new Set<string>();
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      for (const [form, make] of FORMS) {
        const found = form.exec(segment);
        if (!found) continue;
        const name = found[1] ?? found[2] ?? '';
        if (!NAME.test(name)) throw new Error(`\`${segment}\`: the name of a param is a JavaScript identifier`);
        if (seen.has(name)) throw new Error(`two params are called \`${name}\``);
        seen.add(name);
        return make(name);
      }
      if (segment === '.' || segment === '..') throw new Error('a route lies below the folder of the routes');
      if (/[[\]:*?"<>|#%]/.test(segment)) throw new Error(`\`${segment}\` cannot be a segment of a URL; a param is \`[name]\``);
      if (segment.startsWith('_')) throw new Error(`\`${segment}\`: files and folders that begin with \`_\` are no routes`);
      return { text: segment };
    });
}

/** What is wrong with what somebody typed; nothing where a route can be made of it. */
export function mistakeInPath(typed: string): string | undefined {
  try {
    segments(typed);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the path has params, so that it can be a page with `paths`. */
export function hasParams(typed: string): boolean {
  return segments(typed).some((segment) => segment.param !== undefined);
}

/** The file of a new route. `isFolder` tells whether a folder is there, which then gets an `index`. */
export function newRoute(typed: string, kind: RouteKind, isFolder: (path: string) => boolean): NewRoute {
  const all = segments(typed);
  const path = all.map((segment) => segment.text).join('/');
  const isFile = all.length > 0 && (kind === 'endpoint' || !(typed.trim().endsWith('/') || isFolder(path)));
  const stem = isFile || all.at(-1)?.text === 'index' ? path : [path, 'index'].filter(Boolean).join('/');
  const params = all.filter((segment) => segment.param !== undefined);
  if (kind === 'endpoint') return { file: `${stem}+server.ts`, text: endpoint(params) };
  return { file: `${stem}.velox`, text: kind === 'static' ? prerendered(params, title(all)) : page(params, title(all)) };
}

function title(all: readonly Segment[]): string {
  const word = all.filter((segment) => segment.param === undefined && segment.text !== 'index' && !/^\(.*\)$/.test(segment.text)).at(-1);
  const words = (word?.text ?? 'Home').replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function read(params: readonly Segment[]): string {
  return `const { ${params.map((segment) => segment.param).join(', ')} } = params;`;
}

function shown(params: readonly Segment[]): string {
  return params.map((segment) => `<p>{${segment.param}}</p>\n`).join('');
}

function page(params: readonly Segment[], name: string): string {
  const lines = [...(params.length ? [read(params), ''] : []), `export const meta = { title: ${literal(name)} };`];
  return `---\n${lines.join('\n')}\n---\n<h1>{meta.title}</h1>\n${shown(params)}`;
}

function prerendered(params: readonly Segment[], name: string): string {
  const lines = ["export const config = { render: 'ssg' };"];
  if (params.length) {
    const values = params.map(({ param, rest }) => `${param}: ${rest ? "['first']" : "'first'"}`);
    lines.push(`export const paths = () => [{ ${values.join(', ')} }];`, '', read(params));
  }
  lines.push('', `export const meta = { title: ${literal(name)} };`);
  return `---\n${lines.join('\n')}\n---\n<h1>{meta.title}</h1>\n${shown(params)}`;
}

function endpoint(params: readonly Segment[]): string {
  const names = params.map((segment) => segment.param).join(', ');
  const taken = names ? '{ params }' : '';
  const given = names ? `{ ${names} }` : '{ ok: true }';
  const body = names ? `  ${read(params)}\n  return json(${given});\n` : `  return json(${given});\n`;
  return `import { defineHandler, json } from 'velox/server';\n\nexport const GET = defineHandler((${taken}) => {\n${body}});\n`;
}
