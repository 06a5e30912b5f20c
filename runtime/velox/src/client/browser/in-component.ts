// Hooks work in a component alone; this says so where one was called anywhere else.

declare const __VELOX_DEVELOPMENT__: boolean | undefined;

/** Runs a hook of preact, which fails outside of a component: while one is developed, with words that say why. */
export function inComponent(name: string, hook: () => void): void {
  if (typeof __VELOX_DEVELOPMENT__ !== "undefined" && !__VELOX_DEVELOPMENT__) return hook();
  try {
    hook();
  } catch {
    throw new Error(`${name} was called outside of a component: it belongs to the body of one`);
  }
}
