// What islands of a page know together, however their code is divided into files. All islands load this, so it only says
// where things stand; what is to be done about it comes with who needs it.

import type { MountHook } from "../types.js";

/** What is known, and who wants to be told. */
export const page: {
  /** True while HTML of the server is being taken over: until that is done, components must give what the server gave. */
  hydrates?: boolean;
  /** True once a part of the page has been taken over, or rendered anew. */
  alive?: boolean;
  /** Called each time when that has happened. */
  wasTaken?: () => void;
  /** Runs an effect, and gives what ends it: set where `onCleanup` is used, and an effect is more than its function. */
  runEffect?: (run: MountHook) => () => void;
} = {};
