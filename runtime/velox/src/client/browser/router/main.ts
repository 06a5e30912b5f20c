// The module that pages with `<Link>` load. Without it every link works as links do.

import { startRouter } from "./links.js";

startRouter();
