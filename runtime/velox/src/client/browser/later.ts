// Hooks in the block of a page that awaits: the view that the block makes calls them with each rendering.

/** Hooks that the block of a page asked for. */
export type SetupHooks = (() => void)[];

/** A hook in a block that awaits: it is kept for the view that the block makes. */
export function later<A extends unknown[]>(hooks: SetupHooks | undefined, hook: (...given: A) => unknown): (...given: A) => void {
  return (...given) => void hooks?.push(() => void hook(...given));
}
