// The inline script of streamed pages whose late content has something for the head. `scripts/inline.mjs` makes its text.

import { defineLateHead } from "./late-head.js";

defineLateHead();
