// `velox/internal` in the browser: what modules that are compiled for it call. Not for hand-written code.

export { attributeValue } from "../values/attribute.js";
export { classText } from "../values/class.js";
export { jsonText, markup } from "../values/markup.js";
export { safeProps } from "../values/props.js";
export { hydrateIsland, mountIsland, unmountIsland } from "./island.js";
export { useAsyncSignal } from "./hooks/use-async.js";
export { useComputed } from "./hooks/use-computed.js";
export { useElement } from "./hooks/use-element.js";
export { usePersistedSignal } from "./hooks/use-persisted.js";
export { useSignal } from "./hooks/use-signal.js";
export { useSignalEffect } from "./hooks/use-effect.js";
export { later } from "./later.js";
export { context } from "./page.js";
export { Html, html } from "../../shared/html.js";
