// The JSX runtime of `velox` for the server: elements and components through the functions that emitted
// code uses. What `jsx` gives is printed when it is put into a page, not before, so that a context
// provider stands around its children. Holds the types of JSX (T2 to T5, T8).

import { Html } from "../shared/html.js";
import { dynamic } from "../render/component.js";
import { element } from "../render/element.js";
import { text } from "../render/text.js";
import type { HtmlAttributes, HtmlElements } from "./html.js";
import type { EventAttributes } from "./events.js";
import type { SvgElements } from "./svg.js";
import type { Renderable } from "./values.js";

export type { EventHandler } from "./events.js";
export type { HtmlAttributes } from "./html.js";
export type { SvgAttributes } from "./svg.js";
export type { Attribute, Renderable, SignalLike } from "./values.js";

type Props = Record<string, unknown>;

/** An element or component that knows what it was made from, for `<Head>`. */
export class JsxHtml extends Html {
  readonly type: unknown;
  readonly props: Props;

  constructor(type: unknown, props: Props, source: () => string) {
    super(source);
    this.type = type;
    this.props = props;
  }
}

/** `<type {...props}>`. */
export function jsx(type: unknown, props: Props, _key?: unknown): JsxHtml {
  if (typeof type === "string") return new JsxHtml(type, props, () => element(type, props, false));
  return new JsxHtml(type, props, () => dynamic(type, props));
}

/** `jsx` for several children. */
export const jsxs = jsx;

/** `<>...</>`. */
export function Fragment(props: { readonly children?: Renderable }): Html {
  return new Html(() => text(props.children));
}

/** Anything that can be used as a component. */
type Component = (props: any, ...rest: any[]) => Renderable | PromiseLike<Renderable>;

type CustomAttributes = HtmlAttributes<HTMLElement> & EventAttributes<HTMLElement> & { [name: string]: unknown };

interface OwnElements {
  /** Fills a named slot of the layout. */
  "velox:slot": { readonly name: string; readonly children?: Renderable };
}

export namespace JSX {
  /** What an element or a component in a template is. */
  export type Element = Html;
  /** What may stand as `<Name>`. */
  export type ElementType = keyof IntrinsicElements | Component;

  export interface ElementChildrenAttribute {
    children: unknown;
  }

  /** What every component takes beside its props. */
  export interface IntrinsicAttributes {
    key?: string | number | bigint | null | undefined;
    /** Hydrates when the page has loaded. */
    "client:load"?: boolean;
    /** Hydrates when the browser is idle. */
    "client:idle"?: boolean | { readonly timeout: number };
    /** Hydrates when it comes into view. */
    "client:visible"?: boolean | { readonly rootMargin: string };
    /** Hydrates when the media query matches. */
    "client:media"?: string;
    /** Renders in the browser only. */
    "client:only"?: boolean;
  }

  /** Elements by name; a name with a hyphen is a custom element. */
  export type IntrinsicElements = HtmlElements & SvgElements & OwnElements & {
    [custom: `${string}-${string}`]: CustomAttributes;
  };
}
