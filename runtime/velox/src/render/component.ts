// Components and slots. A component of a `.velox` file gives HTML as a string; any other
// function may give text, HTML, arrays or a promise of such (T2, T6, T12).
// Refuses a string as a dynamic tag unless it names a known element (ESC-5).

import { COMPONENT_BRAND, isThenable, VNODE_BRAND } from "../shared/html.js";
import { element } from "./element.js";
import { deferred, raw, text } from "./text.js";
import { LAYOUT_SLOTS, type LayoutSlots } from "./layout-slots.js";

/** Slot contents by name; each gives HTML when it is printed. */
export type Slots = { readonly [name: string]: SlotContent } | LayoutSlots | undefined;

/** HTML of a slot; a promise of it where something in it awaits. */
export type SlotContent = () => string | Promise<string>;

type AnyComponent = (props: any, slots?: any) => unknown;

/** Calls a component that is known to come from a `.velox` file. */
export function component(Component: AnyComponent, props: object, slots?: Slots): string {
  const out = Component(props, slots);
  return typeof out === "string" ? out : content(out);
}

/** What a component of a `.velox` file gave, called in emitted code. */
export function rendered(out: unknown): string {
  return typeof out === "string" ? out : content(out);
}

/** HTML of what a `.velox` file gave: a page or a layout gives its template as a function. */
export function content(value: unknown): string {
  if (typeof value === "function") return content((value as () => unknown)());
  return isThenable(value) ? deferred(value, content) : raw(value);
}

/** Calls a component of unknown origin: a plain string that it returns is text. */
export function dynamic(Component: unknown, props: object, slots?: Slots): string {
  if (typeof Component === "function") {
    const render = (Component as { [VNODE_BRAND]?: (type: unknown, props: object) => string })[VNODE_BRAND];
    if (render !== undefined) return render(Component, props);
    const branded = (Component as { [COMPONENT_BRAND]?: unknown })[COMPONENT_BRAND] === true;
    const out: unknown = (Component as AnyComponent)(props, slots);
    return branded ? content(out) : text(out);
  }
  if (typeof Component === "string") return element(Component, props as Record<string, unknown>, true);
  throw new TypeError(`${describe(Component)} was used as a component; a function or the name of an element is needed`);
}

function describe(value: unknown): string {
  return value === null || typeof value !== "object" ? String(value) : "an object";
}

/** Marks a function emitted from a `.velox` file, so that `dynamic` takes its string for HTML. */
export function mark<T extends Function>(fn: T): T {
  Object.defineProperty(fn, COMPONENT_BRAND, { value: true, configurable: true });
  return fn;
}

/** `<slot name="..">` with its fallback; `isText` where it stands among text alone. */
export function slot(slots: Slots, name: string, fallback: SlotContent = nothing, isText = false): string {
  if (slots === undefined || slots === null) return raw(fallback());
  if (LAYOUT_SLOTS in slots) return (slots as LayoutSlots).get(name, () => raw(fallback()), isText);
  const content = Object.hasOwn(slots, name) ? (slots as Record<string, SlotContent>)[name] : undefined;
  if (typeof content !== "function") return raw(fallback());
  const out: unknown = content();
  return typeof out === "string" ? out : raw(out);
}

function nothing(): string {
  return "";
}
