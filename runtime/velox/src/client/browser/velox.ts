// `velox` in the browser: the components that islands and `csr` pages import of it.

export { Suspense } from "./suspense.js";
export { Head } from "./head.js";
export { defineConfig } from "../../config.js";
export { Html } from "../../shared/html.js";
