// What emitted code calls. Not for hand-written code: names and shapes here follow the compiler.

import { renderScope } from "./render/scope.js";
import type { View } from "./render/view.js";

export { escapeText } from "./shared/escape.js";
export { Html, html } from "./shared/html.js";
export {
  attribute,
  booleanAttribute,
  escapeAttribute,
  json,
  spread,
  styleAttribute,
  urlAttribute,
} from "./render/attributes.js";
export { withAttribute, withClass, withUrl } from "./render/joined-attributes.js";
export { options } from "./render/options.js";
export { component, dynamic, mark, rendered, slot, type SlotContent, type Slots } from "./render/component.js";
export { suspense, type BoundaryOptions } from "./render/suspense.js";
export { head, headMark } from "./render/head.js";
export { island, type IslandOptions } from "./render/island.js";
export { vnode } from "./render/vnodes.js";
export { children, hold, map, raw, text } from "./render/text.js";
export { attributeValue, classText, jsonText, markup, safeProps } from "./client/values.js";
export { scopeOrNone, type Scope } from "./render/scope.js";
export type { BlockModule } from "./render/layers.js";
export type { FlushPart, HeadEntry, Render } from "./render/render.js";
export type { View } from "./render/view.js";

/** The render context of the block that runs now. */
export function context(): View {
  const view = renderScope("The render context").view;
  if (view === null) throw new Error("The render context is there only inside a page or a layout");
  return view;
}
