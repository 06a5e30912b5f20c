// Where types of the language and those of preact meet: the same values under the other's name.

import type { ComponentType } from "preact";
import type { Html } from "../../shared/html.js";

/** A vnode under the type that a template has on both sides. */
export const asHtml = (vnode: unknown): Html => vnode as Html;

/** A component under the type that preact wants. */
export const asInner = (component: unknown): ComponentType<any> => component as ComponentType<any>;
