// URL patterns as the server writes them (`/blog/:slug`, `/:page?`, `/docs/:path+`, `/:path*`): which values they want, and the URL
// with them. Decides nothing about routes.

/** A place of a pattern that takes a value. */
export interface Param {
  name: string;
  /** Whether the URL may go without it. */
  optional: boolean;
  /** Whether it takes several segments. */
  rest: boolean;
}

const PARAM = /^:([^?+*]+)([?+*]?)$/;

/** The places of a pattern that take a value, in their order. */
export function paramsOf(pattern: string): Param[] {
  return pattern.split('/').flatMap((segment) => {
    const [, name, mark] = PARAM.exec(segment) ?? [];
    return name === undefined ? [] : [{ name, optional: mark === '?' || mark === '*', rest: mark === '+' || mark === '*' }];
  });
}

/** The path of a URL: each place filled in, percent-encoded. An optional one without a value is left out. */
export function fill(pattern: string, values: ReadonlyMap<string, string>): string {
  const segments = pattern.split('/').flatMap((segment) => {
    const [, name, mark] = PARAM.exec(segment) ?? [];
    if (name === undefined) return segment ? [segment] : [];
    const value = values.get(name) ?? '';
    const parts = mark === '+' || mark === '*' ? value.split('/') : [value];
    return parts.filter((part) => part !== '').map(encodeURIComponent);
  });
  return `/${segments.join('/')}`;
}

/** Why a value cannot stand in a URL; nothing where it can. */
export function mistakeIn(value: string, param: Param): string | undefined {
  if (!param.optional && !value.split('/').some(Boolean)) return `\`${param.name}\` needs a value`;
  if (!param.rest && value.includes('/')) return `\`${param.name}\` is one segment: it cannot hold a slash`;
  return undefined;
}

/** The address of a path at the server that the user runs. Throws where `base` is no URL of the web. */
export function address(base: string, path: string): string {
  const url = new URL(base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`${base} is no http address`);
  return url.href.replace(/\/+$/, '') + path;
}
