// The types of `velox/client`, for both of its sides: what a component sees on the server is what it sees in
// the browser. Refuses to hold code: each side implements these, and `types.test.ts` holds them against each other.

import type { HtmlAttributes } from "../jsx/html.js";
import type { Renderable } from "../jsx/values.js";
import type { Html } from "../shared/html.js";
import type { Params } from "../render/view.js";

/** A signal that only reads. */
export interface ReadonlySignal<T> {
  /** The value; whoever reads it in a component, an effect or a computed value runs again when it changes. */
  readonly value: T;
  readonly brand: symbol;
  /** The value, without watching it. */
  peek(): T;
  /** Calls back with the value, and in the browser again after each change; gives the function that ends it. */
  subscribe(listener: (value: T) => void): () => void;
  toString(): string;
  toJSON(): T;
  valueOf(): T;
}

/** A value that can be watched. */
export interface Signal<T> {
  /** The value; whoever reads it in a component, an effect or a computed value runs again when it changes. */
  value: T;
  readonly brand: symbol;
  /** The value, without watching it. */
  peek(): T;
  /** Calls back with the value, and in the browser again after each change; gives the function that ends it. */
  subscribe(listener: (value: T) => void): () => void;
  toString(): string;
  toJSON(): T;
  valueOf(): T;
}

/** What a signal that loads its value says of it. */
export type AsyncStatus = "loading" | "success" | "error";

/** A signal whose value the browser loads. On the server nothing is loaded: it is what the browser begins with. */
export interface AsyncSignal<T> {
  /** What was loaded last, or the initial value. */
  value: T | undefined;
  readonly brand: symbol;
  /** The value, without watching it. */
  peek(): T | undefined;
  /** Calls back with the value, and in the browser again after each change; gives the function that ends it. */
  subscribe(listener: (value: T | undefined) => void): () => void;
  toString(): string;
  toJSON(): T | undefined;
  valueOf(): T | undefined;
  /** Always `loading` on the server. */
  readonly status: AsyncStatus;
  /** What the last load failed with. */
  readonly error: unknown;
  /** Loads again; works in the browser only. */
  refetch(): Promise<void>;
}

/** Makes a signal. */
export interface SignalFunction {
  <T>(value: T): Signal<T>;
  <T = undefined>(): Signal<T | undefined>;
}

/** What runs when a component is in the page; what it returns runs when the component goes. */
export type MountHook = () => void | (() => void) | Promise<void>;

/** A value for a whole part of the page. */
export interface Context<T> {
  readonly defaultValue: T;
  /** Gives the value to everything inside of it. */
  readonly Provider: (props: { readonly value: T; readonly children?: Renderable }) => Html;
}

/** Makes a context. */
export interface ContextFunction {
  <T>(defaultValue: T): Context<T>;
  <T>(): Context<T | undefined>;
}

/** A reference to an element. */
export interface Ref<T> {
  current: T | null;
}

/** Any function that can stand as a component. */
export type AnyComponent<P> = (props: P) => Renderable;

/** What `lazy` loads: a component, or a module whose default export is one. */
export type LazyLoad<P> = () => Promise<{ default: AnyComponent<P> } | AnyComponent<P>>;

/** The page's place and the ways to leave it. */
export interface Router {
  readonly path: string;
  readonly params: Params;
  readonly url: URL;
  /** Goes to a page; the promise is there when it is shown, or when another navigation has taken its place. */
  push(to: string): Promise<void>;
  /** Goes to a page, which takes the place of this one in the history. */
  replace(to: string): Promise<void>;
  /** Fetches a page, so that going there takes no time. */
  prefetch(to: string): Promise<void>;
  back(): void;
  forward(): void;
  /** Asks the server for this page again, and keeps the place in it. */
  refresh(): Promise<void>;
}

/** Props of `<Link>`. */
export interface LinkProps extends Omit<HtmlAttributes<HTMLAnchorElement>, "children"> {
  readonly href: string | URL;
  readonly target?: string;
  readonly rel?: string;
  readonly download?: string | boolean;
  /** When the page behind the link is fetched in the browser; where nothing is said, on `hover`. */
  readonly prefetch?: "hover" | "visible" | "load" | false;
  /** Replaces the entry of the history instead of adding one. */
  readonly replace?: boolean;
  /** Keeps the place in the page. */
  readonly noScroll?: boolean;
  readonly children?: Renderable;
}
