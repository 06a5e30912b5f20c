// Where types of the language and those of preact meet: the same values under the other's name.

import type { ComponentType } from "preact";

/** A component under the type that preact wants. */
export const asInner = (component: unknown): ComponentType<any> => component as ComponentType<any>;
