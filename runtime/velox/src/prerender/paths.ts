// What `paths()` gave, checked and turned into pages (SSG-1, SSG-2). Refuses anything that does not
// name exactly one page of the route inside of the output folder.

import type { Params } from "../render/view.js";
import type { Route, Segment } from "../server/app.js";
import { pathOf } from "../server/path.js";

/** One page to render. */
export interface PlannedPage {
  readonly params: Params;
  readonly props: object;
  /** Canonical path. */
  readonly path: string;
  readonly segments: readonly string[];
}

/** A value of `paths()` that names no page. */
export class PathsError extends Error {
  readonly item: unknown;

  constructor(message: string, item: unknown) {
    super(message);
    this.name = "PathsError";
    this.item = item;
  }
}

/** The pages that the value of `paths()` stands for; one error per item that is wrong. */
export function planPages(route: Route, value: unknown): { pages: PlannedPage[]; errors: PathsError[] } {
  const pages: PlannedPage[] = [];
  const errors: PathsError[] = [];
  if (!Array.isArray(value)) {
    errors.push(new PathsError(`paths() must return an array, not ${typeof value === "object" ? "an object" : typeof value}`, value));
    return { pages, errors };
  }
  const seen = new Map<string, number>();
  for (let index = 0; index < value.length; index++) {
    try {
      const page = planOne(route, value[index], index);
      const before = seen.get(page.path);
      if (before !== undefined) throw new PathsError(`paths()[${index}] names ${page.path}, as paths()[${before}] does`, value[index]);
      seen.set(page.path, index);
      pages.push(page);
    } catch (error) {
      if (!(error instanceof PathsError)) throw error;
      errors.push(error);
    }
  }
  return { pages, errors };
}

function planOne(route: Route, item: unknown, index: number): PlannedPage {
  const at = `paths()[${index}]`;
  if (typeof item !== "object" || item === null || Array.isArray(item)) throw new PathsError(`${at} is no object of params`, item);
  const names = new Set(route.segments.flatMap((segment) => (segment.kind === "static" ? [] : [segment.name])));
  const { given, props } = withProps(item as Record<string, unknown>, names, at);
  for (const name of Object.keys(given)) {
    if (!names.has(name)) throw new PathsError(`${at} has ${JSON.stringify(name)}, which is no param of ${route.pattern}`, item);
  }
  const params = Object.create(null) as Params;
  const segments: string[] = [];
  for (const segment of route.segments) {
    if (segment.kind === "static") {
      segments.push(segment.value);
      continue;
    }
    const value = Object.hasOwn(given, segment.name) ? given[segment.name] : undefined;
    const parts = partsOf(segment, value, `${at}.${segment.name}`, item);
    segments.push(...parts);
    if (segment.kind === "rest" || segment.kind === "optional-rest") params[segment.name] = parts;
    else if (parts.length > 0) params[segment.name] = parts[0];
  }
  return { params, props, path: pathOf(segments), segments };
}

// `{ params, props }` beside plain params: told apart by a `params` object that the pattern has no use for.
function withProps(item: Record<string, unknown>, names: ReadonlySet<string>, at: string): { given: Record<string, unknown>; props: object } {
  const inner = Object.hasOwn(item, "params") && !names.has("params") ? item["params"] : undefined;
  if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return { given: item, props: {} };
  const props = item["props"] ?? {};
  if (typeof props !== "object") throw new PathsError(`${at}.props is no object`, item);
  return { given: inner as Record<string, unknown>, props };
}

function partsOf(segment: Exclude<Segment, { kind: "static" }>, value: unknown, at: string, item: unknown): string[] {
  const optional = segment.kind === "optional" || segment.kind === "optional-rest";
  if (value === undefined || value === null) {
    if (optional) return [];
    throw new PathsError(`${at} is missing`, item);
  }
  if (segment.kind === "param" || segment.kind === "optional") {
    return [checkSegment(value, at, item)];
  }
  const list = Array.isArray(value) ? value : typeof value === "string" ? value.split("/") : null;
  if (list === null) throw new PathsError(`${at} must be an array of strings`, item);
  if (list.length === 0 && !optional) throw new PathsError(`${at} is empty`, item);
  return list.map((part, index) => checkSegment(part, `${at}[${index}]`, item));
}

function checkSegment(value: unknown, at: string, item: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") throw new PathsError(`${at} must be a string, not ${value === null ? "null" : typeof value}`, item);
  if (value === "") throw new PathsError(`${at} is empty`, item);
  if (/[/\\\0]/.test(value)) throw new PathsError(`${at} is ${JSON.stringify(value)}: a segment holds no slash, backslash or NUL`, item);
  if (value === "." || value === "..") throw new PathsError(`${at} is ${JSON.stringify(value)}, which is no name of a page`, item);
  // A half of a surrogate pair has no escaped form.
  if (/[\ud800-\udfff]/u.test(value)) throw new PathsError(`${at} holds a character that no URL can have`, item);
  return value;
}
