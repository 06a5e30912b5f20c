// Whether HTML of the server is being taken over: until that is done, components must give what the server gave.

let depth = 0;
let waiting: (() => void)[] | null = [];

/** Whether a part of the page is being hydrated at this moment. */
export function isHydrating(): boolean {
  return depth > 0;
}

/** Runs it when the first part of the page has been taken over; at once where that is done, or nothing is to be. */
export function whenHydrated(run: () => void): void {
  if (waiting === null) run();
  else waiting.push(run);
}

/** Nothing has to be as the server had it any longer. */
export function hydrated(): void {
  const runs = waiting ?? [];
  waiting = null;
  for (const run of runs) run();
}

/** Takes a part of the page over. */
export function whileHydrating(take: () => void): void {
  depth++;
  try {
    take();
  } finally {
    depth--;
  }
  hydrated();
}
