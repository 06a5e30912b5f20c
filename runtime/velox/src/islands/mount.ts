// The browser's side of an island: what its module is made of. Reads the props, keeps the HTML that was passed into the
// island as it is, and brings the component to life. Refuses to touch the server's HTML before all of this is there.
// Every page with an island loads this file: it is small, and stays so.

import { h } from "preact";
import { hydrateIsland, mountIsland } from "../client/browser/island.js";
import { decodeValue } from "../shared/deserialize.js";
import type { IslandElement, IslandModule } from "./loader.js";

declare const __VELOX_DEVELOPMENT__: boolean | undefined;

/** The default export of an island's module. */
export function island(Component: unknown): IslandModule["default"] {
  return async (element: IslandElement) => {
    // It waits for nothing any longer.
    element.end?.();
    const block = element.b;
    // Islands of one part of the page have their props from one array, so what they share is one object.
    const props: Record<string, unknown> = {
      ...(block && ((await (block.value ??= decodeValue(block.text, block.flag))) as object[])[+element.getAttribute("p")! - block.base]),
    };
    // What the server has printed into the island stays; what it has kept beside it is given to the component.
    const live = element.querySelector("velox-slot,[data-velox-slot]") && (await import("./slots.js")).takeSlots(element, props, h);
    const only = element.getAttribute("on") === "only";
    if (typeof __VELOX_DEVELOPMENT__ !== "undefined" && __VELOX_DEVELOPMENT__ && !only) {
      const { warnOfMismatch } = await import("./mismatch.js");
      await warnOfMismatch(element, Component, props);
    }
    (only ? mountIsland : hydrateIsland)(element, Component, props);
    live?.();
  };
}
