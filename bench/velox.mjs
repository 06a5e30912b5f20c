// Our compiler for `compile.mjs`, as the add-on that `napi/` builds: `compile(text, filename)` gives `{ code, map }`.
// VELOX_BENCH_ADDON is the path of the built library; `run.mjs` sets it.

import { constants } from "node:os";

const addon = { exports: {} };
process.dlopen(addon, process.env.VELOX_BENCH_ADDON ?? "", constants.dlopen.RTLD_NOW);

export const version = "0.1.0";
export const compile = addon.exports.compile;
