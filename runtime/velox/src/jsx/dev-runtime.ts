// The JSX runtime that development builds of other tools ask for; the same as the other one.

import { jsx } from "./runtime.js";

export { Fragment, type JSX } from "./runtime.js";
/** `jsx`, under the name of development builds. */
export const jsxDEV = jsx;
