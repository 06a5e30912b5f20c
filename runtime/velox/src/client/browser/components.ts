// What components use besides signals: context, references, components that load, and boundaries for what is not
// there yet. On preact alone; its compatibility layer would cost more than all of this.

import { Component, createContext as createInner, h, type ComponentChildren } from "preact";
import { useContext as useInner } from "preact/hooks";
import type { Html } from "../../shared/html.js";
import type { AnyComponent, Context, ContextFunction, LazyLoad, Ref } from "../types.js";
import { renderingComponent, steps, type Inner } from "./owner.js";
import { asInner } from "./vnode.js";

type InnerContext = ReturnType<typeof createInner<unknown>>;
const contexts = new WeakMap<object, InnerContext>();

export const createContext: ContextFunction = <T>(defaultValue?: T): Context<T | undefined> => {
  const inner = createInner<unknown>(defaultValue);
  const context: Context<T | undefined> = {
    defaultValue,
    Provider: inner.Provider as unknown as Context<T | undefined>["Provider"],
  };
  contexts.set(context, inner);
  return context;
};

export function useContext<T>(context: Context<T>): T {
  const inner = contexts.get(context);
  if (inner === undefined) throw new TypeError("useContext() takes what createContext() gave");
  // Outside of every component no provider can be around.
  return renderingComponent() === null ? context.defaultValue : (useInner(inner) as T);
}

export function ref<T = Element>(initial: T | null = null): Ref<T> {
  return { current: initial };
}

type Shapeless = Record<string, unknown>;

function differ(a: Shapeless, b: Shapeless): boolean {
  const names = Object.keys(a);
  return names.length !== Object.keys(b).length || names.some((name) => !Object.is(a[name], b[name]) || !(name in b));
}

export function memo<P>(component: AnyComponent<P>): AnyComponent<P> {
  class Memo extends Component<Shapeless> {
    override shouldComponentUpdate(next: Shapeless): boolean {
      return differ(this.props, next);
    }
    override render(): ComponentChildren {
      return h(asInner(component), this.props);
    }
  }
  return Memo as unknown as AnyComponent<P>;
}

/** Something that a component waits for: thrown while it renders, and rendered again when it is there. */
export interface Pending extends Promise<unknown> {
  state?: "there" | "failed";
  value?: unknown;
}

/** What a promise gave; throws it while it is pending, to be caught by the nearest boundary. */
export function use<T>(promise: PromiseLike<T>): T {
  const pending = promise as unknown as Pending;
  if (pending.state === "there") return pending.value as T;
  if (pending.state === "failed") throw pending.value;
  throw pending;
}

/** Follows a promise, so that `use` knows when it is there. */
export function followed<T>(promise: PromiseLike<T>): Pending {
  const pending = promise as unknown as Pending;
  const settle = (state: "there" | "failed") => (value: unknown) => {
    pending.state = state;
    pending.value = value;
  };
  pending.then(settle("there"), settle("failed"));
  return pending;
}

export function lazy<P extends object>(load: LazyLoad<P>): (props: P) => Promise<Html> {
  let loaded: Pending | null = null;
  function Lazy(props: P): unknown {
    loaded ??= followed(load().then((module) => (typeof module === "function" ? module : module.default)));
    return h(asInner(use(loaded)), props);
  }
  return Lazy as unknown as (props: P) => Promise<Html>;
}

interface SuspenseProps {
  readonly fallback?: ComponentChildren;
  readonly error?: ComponentChildren | ((error: { readonly message: string }) => ComponentChildren);
  readonly children?: ComponentChildren;
}

interface SuspenseState {
  readonly waiting: number;
  readonly failed: unknown;
}

const NOTHING = {};

class Boundary extends Component<SuspenseProps, SuspenseState> {
  override state: SuspenseState = { waiting: 0, failed: NOTHING };

  suspend(promise: Pending): void {
    this.setState(({ waiting }) => ({ waiting: waiting + 1 }));
    const done = (): void => this.setState(({ waiting }) => ({ waiting: waiting - 1 }));
    promise.then(done, done);
  }

  override componentDidCatch(error: unknown): void {
    if (this.props.error === undefined) throw error;
    this.setState({ failed: error });
  }

  override render(): ComponentChildren {
    const { children, fallback, error } = this.props;
    const { failed, waiting } = this.state;
    if (failed !== NOTHING) return typeof error === "function" ? error({ message: messageOf(failed) }) : error;
    return waiting > 0 ? fallback : children;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Content that may come later, with something to show until then. */
export const Suspense = Boundary as unknown as (props: object) => Html;

const caught = steps.__e;
// What a component waits for is no error. Where HTML of the server stands in its place already, that stays.
steps.__e = (error, vnode, old, info) => {
  if (typeof (error as Pending | null)?.then !== "function") return caught(error, vnode, old, info);
  const promise = error as Pending;
  const again = (): void => vnode.__c?.forceUpdate();
  const kept = vnode as Inner & { readonly __u: number };
  for (let outer = vnode.__; outer !== null && (kept.__u & HYDRATING) === 0; outer = outer.__) {
    const boundary = outer.__c as Boundary | null;
    if (boundary?.suspend !== undefined) return boundary.suspend(promise);
  }
  promise.then(again, again);
};

// The flag of vnodes that take HTML over.
const HYDRATING = 1 << 5;
