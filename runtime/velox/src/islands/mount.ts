// The browser's side of an island: what its module is made of. Reads the props, keeps the HTML that was passed into the
// island as it is, and brings the component to life. Refuses to touch the server's HTML before all of this is there.

import { h, type VNode } from "preact";
import { hydrateIsland, mountIsland } from "../client/browser/island.js";
import { decodeValue } from "../shared/deserialize.js";
import type { IslandElement, IslandModule } from "./loader.js";

declare const __VELOX_DEVELOPMENT__: boolean | undefined;

type Props = Record<string, unknown>;

/** The default export of an island's module. */
export function island(Component: unknown): IslandModule["default"] {
  return async (element) => {
    const props = { ...(await propsOf(element)), ...slotsOf(element) };
    if (element.getAttribute("on") === "only") return mountIsland(element, Component, props);
    if (typeof __VELOX_DEVELOPMENT__ !== "undefined" && __VELOX_DEVELOPMENT__) {
      const { warnOfMismatch } = await import("./mismatch.js");
      await warnOfMismatch(element, Component, props);
    }
    return hydrateIsland(element, Component, props);
  };
}

// Islands of one part of the page have their props from one array, so what they share is one object.
async function propsOf(element: IslandElement): Promise<Props> {
  const block = element.b;
  if (block === undefined) return {};
  block.value ??= decodeValue(block.text, block.flag);
  const all = (await block.value) as readonly Props[];
  return all[Number(element.getAttribute("p")) - block.base]!;
}

// What the server has printed into the island stays; what it has kept beside it is given to the component.
function slotsOf(element: IslandElement): Record<string, VNode> {
  const slots: Record<string, VNode> = {};
  const add = (name: string | null, attribute: string | null, html: string): void => {
    slots[name ?? "children"] ??= h("velox-slot", {
      ...(attribute === null ? {} : { n: attribute }),
      style: "display:contents",
      dangerouslySetInnerHTML: { __html: html },
    } as never);
  };
  for (const kept of element.querySelectorAll<HTMLTemplateElement>(":scope > template[data-velox-slot]")) {
    const name = kept.getAttribute("data-velox-slot");
    add(name, name === "children" ? null : name, kept.innerHTML);
    kept.remove();
  }
  for (const slot of element.querySelectorAll("velox-slot")) {
    if (slot.parentElement!.closest("velox-island") === element) add(slot.getAttribute("n"), slot.getAttribute("n"), slot.innerHTML);
  }
  return slots;
}
