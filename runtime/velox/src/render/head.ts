// What emitted code calls for `<Head>` and for the place of the head in a layout (T10).

import type { HeadEntry } from "./render.js";
import { renderScope } from "./scope.js";

/** `<Head>`: its elements one by one; prints nothing where it stands. */
export function head(entries: readonly HeadEntry[]): string {
  const scope = renderScope("<Head>");
  return scope.render.head(scope.view?.layer ?? 0, entries);
}

/** The end of `<head>` in a layout. */
export function headMark(): string {
  return renderScope("The head of a layout").render.headMark();
}
