// `velox/internal` in the browser: what modules that are compiled for it call. Not for hand-written code.

export { attributeValue, classText, jsonText, markup, safeProps } from "../values.js";
export { hydrateIsland, mountIsland, unmountIsland } from "./island.js";
export { useAsyncSignal, useComputed, useElement, usePersistedSignal, useSignal, useSignalEffect } from "./hooks.js";
export { later } from "./owner.js";
export { context } from "./page.js";
export { Html, html } from "../../shared/html.js";
