// The two sides of `velox/client` have the same names and the same types: each is assigned to the other. Also that
// nothing of one side is in the other's way: importing the browser's side in Node touches no document.

import assert from "node:assert/strict";
import { test } from "node:test";
import type * as BrowserSide from "./browser/index.js";
import type * as ServerSide from "./index.js";
import type { Html } from "../shared/html.js";

type Exact<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;

/** Names whose types are not the same: none. */
type Different = {
  [Name in keyof typeof ServerSide | keyof typeof BrowserSide]: Name extends keyof typeof ServerSide & keyof typeof BrowserSide
    ? [(typeof ServerSide)[Name], (typeof BrowserSide)[Name]] extends [infer A, infer B]
      ? Exact<Parameters<Extract<A, (...rest: any) => any>>, Parameters<Extract<B, (...rest: any) => any>>> extends true
        ? Exact<ReturnType<Extract<A, (...rest: any) => any>>, ReturnType<Extract<B, (...rest: any) => any>>> extends true
          ? A extends B
            ? B extends A
              ? never
              : Name
            : Name
          : Name
        : Name
      : Name
    : Name;
}[keyof typeof ServerSide | keyof typeof BrowserSide];

const nothingDiffers: Exact<Different, never> = true;

// What a component gives is the same on both sides.
const link: Exact<ReturnType<typeof ServerSide.Link>, Html> = true;

test("the sides of velox/client agree", async () => {
  assert.ok(nothingDiffers && link);
  const [server, browser] = [await import("./index.js"), await import("./browser/index.js")];
  assert.deepEqual(Object.keys(browser).sort(), Object.keys(server).sort());
});
