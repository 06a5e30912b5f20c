// What preact's `useId` counts with. One page may hold many trees of preact's components, on the server and in the browser, and each
// would begin with `P0-0`: what begins an id here is a number of the island, or 0 outside of islands.

import type { Scope } from "./scope.js";
import type { Render } from "./render.js";

/** What ids begin with, and how many there are: preact's own form. */
export type IdMask = [start: number | string, count: number];

interface PageIds {
  readonly page: IdMask;
  islands: number;
}

const known = new WeakMap<Render, PageIds>();

function idsOf(render: Render): PageIds {
  let ids = known.get(render);
  if (ids === undefined) known.set(render, (ids = { page: [0, 0], islands: 0 }));
  return ids;
}

/** The mask of one more island. */
export function islandIds(render: Render): IdMask {
  return [++idsOf(render).islands, 0];
}

/** The mask of the place that is being rendered. */
export function idsHere(scope: Scope | undefined): IdMask {
  return scope?.ids ?? (scope?.render ? idsOf(scope.render).page : [0, 0]);
}
