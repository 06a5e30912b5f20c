// Values in modules that are compiled for the browser, where elements are vnodes of preact: what a
// renderer to HTML escapes by place is made safe here before it reaches the DOM (T4, T5, ESC-2, ESC-3).
// Refuses to write HTML: nothing here escapes, and nothing needs a render context.

export { attributeValue } from "./values/attribute.js";
export { classText } from "./values/class.js";
export { jsonText, markup } from "./values/markup.js";
export { safeProps } from "./values/props.js";
