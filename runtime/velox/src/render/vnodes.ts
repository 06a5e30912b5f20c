// Components that are written for preact, on the server (X3): modules that import preact keep their vnodes, and are
// rendered by preact's own renderer, in one go. What they are given and what they use of the string renderer is taken
// over as HTML. Refuses to leave anything behind: what a component subscribed to ends with its rendering, a throw included.

import { Fragment, h as create, options, type Component, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Html, isHtml, isSignal, isThenable, COMPONENT_BRAND, VNODE_BRAND } from "../shared/html.js";
import { idsHere } from "./ids.js";
import { scopeOrNone } from "./scope.js";

export { Fragment };

type Props = Record<string, unknown>;
type Type = ((props: any) => unknown) & { [VNODE_BRAND]?: unknown };

/** Tells the components among a module's exports from those that give HTML. */
export function vnodes(module: Record<string, unknown>): void {
  for (const name of Object.keys(module)) vnode(module[name]);
}

/** A component of a package, which is preact's; gives it back. */
export function vnode<T>(component: T): T {
  if (typeof component === "function" && !Object.hasOwn(component, VNODE_BRAND) && !Object.hasOwn(component, COMPONENT_BRAND)) {
    Object.defineProperty(component, VNODE_BRAND, { value: renderComponent, configurable: true });
  }
  return component;
}

/** preact's `h`, which also takes what the string renderer gives. */
export function h(type: unknown, props: Props | null, ...children: unknown[]): VNode {
  const given: Props = {};
  for (const name of Object.keys(props ?? {})) given[name] = valueOf(props![name]);
  const inner = children.map(childOf);
  if (typeof type !== "function" || type === Fragment) return create(type as string, given, ...(inner as never[]));
  return create(taken(type as Type) as never, given, ...(inner as never[]));
}

// Signals of `velox/client` are plain values on the server; those of preact know themselves what to do.
function valueOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && isSignal(value) && !isOfPreact(value) ? value.value : value;
}

function childOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(childOf);
  const inner = valueOf(value);
  return typeof inner === "object" && inner !== null && isHtml(inner) ? create(Printed as never, { content: inner }) : inner;
}

function isOfPreact(signal: object): boolean {
  return "_subscribe" in signal || "S" in signal;
}

/** HTML as a vnode, which runs where it is printed and not before. */
function Printed(props: { readonly content: Html }): VNode {
  return create(Fragment, { tpl: [props.content.toString()] } as never);
}

const wrapped = new WeakMap<Type, Type>();

// A component of the string renderer gives HTML; preact takes that as a vnode.
function taken(type: Type): Type {
  if (Object.hasOwn(type, VNODE_BRAND) || (type.prototype as Component | undefined)?.render !== undefined) return type;
  let wrapper = wrapped.get(type);
  if (wrapper === undefined) {
    wrapper = Object.assign(function (this: unknown, props: Props) {
      return childOf(type.call(this, props));
    }, type);
    wrapped.set(type, wrapper);
  }
  return wrapper;
}

interface Internal {
  __r?: (vnode: VNode) => void;
}

// The HTML of a component that gives vnodes, for the string renderer.
function renderComponent(type: Type, props: Props): string {
  const given: Props = {};
  for (const name of Object.keys(props)) {
    const value = props[name];
    if (name === "children" && isThenable(value)) throw new TypeError("a promise was passed as children to a component of preact, which is rendered in one go; await it first");
    given[name] = name === "children" || (typeof value === "object" && value !== null && value instanceof Html) ? childOf(value) : value;
  }
  const internal = options as unknown as Internal;
  const before = internal.__r;
  const began = new Set<VNode>();
  internal.__r = (vnode) => {
    began.add(vnode);
    before?.(vnode);
  };
  let done = false;
  try {
    const html = renderToString(Object.assign(create(type as never, given), { __m: idsHere(scopeOrNone()) }));
    done = true;
    return html;
  } finally {
    if (before === undefined) delete internal.__r;
    else internal.__r = before;
    // A throw keeps preact from telling components that they are rendered and that they end; their subscriptions would stay
    // for ever. An element of no component ends the one that was being rendered.
    if (!done) {
      options.diffed?.(create("i", null));
      for (const vnode of began) options.unmount?.(vnode);
    }
  }
}
