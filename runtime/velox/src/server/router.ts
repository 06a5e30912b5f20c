// From segments to a route (R2): static before dynamic before optional before catch-all, segment by
// segment, with a way back where a promising branch ends in nothing. Names from the URL are only ever
// keys of maps and of objects without a prototype (SSR-5). Case matters, here as everywhere.

import type { Params } from "../render/view.js";
import type { Route, Segment } from "./app.js";

/** A route that fits, with its params. */
export interface Match {
  readonly route: Route;
  readonly params: Params;
}

interface Node {
  readonly fixed: Map<string, Node>;
  param: Node | null;
  optional: Node | null;
  /** Routes that end here with a catch-all of one segment or more. */
  rest: Leaf | null;
  optionalRest: Leaf | null;
  leaf: Leaf | null;
}

interface Leaf {
  readonly route: Route;
  readonly order: number;
}

const newNode = (): Node => ({
  fixed: new Map(),
  param: null,
  optional: null,
  rest: null,
  optionalRest: null,
  leaf: null,
});

/** Finds routes; built once. */
export class Router {
  readonly #root = newNode();
  readonly #fixed = new Map<string, Route>();

  constructor(routes: readonly Route[]) {
    routes.forEach((route, order) => this.#insert(route, order));
  }

  /** The most specific route for decoded segments. */
  match(segments: readonly string[]): Match | null {
    const fixed = this.#fixed.get(segments.join("/"));
    if (fixed !== undefined) return { route: fixed, params: noParams() };
    const values: (string | readonly string[] | undefined)[] = [];
    const leaf = find(this.#root, segments, 0, values, { steps: 0 });
    return leaf === null ? null : { route: leaf.route, params: paramsOf(leaf.route.segments, values) };
  }

  #insert(route: Route, order: number): void {
    const { segments } = route;
    if (segments.every((segment) => segment.kind === "static")) {
      const key = segments.map((segment) => (segment as { value: string }).value).join("/");
      if (!this.#fixed.has(key)) this.#fixed.set(key, route);
    }
    let node = this.#root;
    for (const segment of segments) {
      switch (segment.kind) {
        case "static": {
          let next = node.fixed.get(segment.value);
          if (next === undefined) node.fixed.set(segment.value, (next = newNode()));
          node = next;
          break;
        }
        case "param":
          node = node.param ??= newNode();
          break;
        case "optional":
          node = node.optional ??= newNode();
          break;
        case "rest":
          node.rest ??= { route, order };
          return;
        case "optional-rest":
          node.optionalRest ??= { route, order };
          return;
      }
    }
    node.leaf ??= { route, order };
  }
}

function noParams(): Params {
  return Object.create(null) as Params;
}

// Patterns are as deep as files are, so the recursion is shallow; `steps` bounds what many optional
// segments in a row could make of it.
function find(
  node: Node,
  segments: readonly string[],
  at: number,
  values: (string | readonly string[] | undefined)[],
  budget: { steps: number },
): Leaf | null {
  if (++budget.steps > 10_000) return null;
  const depth = values.length;
  if (at < segments.length) {
    const segment = segments[at]!;
    const fixed = node.fixed.get(segment);
    if (fixed !== undefined) {
      const found = find(fixed, segments, at + 1, values, budget);
      if (found !== null) return found;
      values.length = depth;
    }
    if (node.param !== null) {
      values.push(segment);
      const found = find(node.param, segments, at + 1, values, budget);
      if (found !== null) return found;
      values.length = depth;
    }
    if (node.optional !== null) {
      values.push(segment);
      const found = find(node.optional, segments, at + 1, values, budget);
      if (found !== null) return found;
      values.length = depth;
    }
  } else if (node.leaf !== null) {
    return node.leaf;
  }
  if (node.optional !== null) {
    values.push(undefined);
    const found = find(node.optional, segments, at, values, budget);
    if (found !== null) return found;
    values.length = depth;
  }
  if (node.rest !== null && at < segments.length) {
    values.push(segments.slice(at));
    return node.rest;
  }
  if (node.optionalRest !== null) {
    values.push(segments.slice(at));
    return node.optionalRest;
  }
  return null;
}

function paramsOf(segments: readonly Segment[], values: readonly (string | readonly string[] | undefined)[]): Params {
  const params = noParams();
  let next = 0;
  for (const segment of segments) {
    if (segment.kind === "static") continue;
    const value = values[next++];
    if (value !== undefined) params[segment.name] = value as string | string[];
  }
  return params;
}
