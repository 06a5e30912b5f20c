// Pages that are rendered in the browser (M5): the page's module calls `mountPage`, which puts the page into the place
// that the server left for it, with `_loading.velox` there until then. Refuses to render layouts: the server has.

import { h, type ComponentChildren, type VNode } from "preact";
import { useState } from "preact/hooks";
import { mountIsland } from "./island.js";
import type { SetupHooks } from "./later.js";
import { metaTags } from "./meta.js";
import { pageParams } from "./page.js";
import { followed, use } from "./pending.js";
import { steps } from "./steps.js";

type Made = ComponentChildren | (() => ComponentChildren | PromiseLike<ComponentChildren>);
type AsyncPage = (props: object, hooks: SetupHooks) => PromiseLike<Made>;

interface PageModule {
  readonly default: unknown;
  /** Of a `.tsx` page: of a `.velox` file the block says it. */
  readonly meta?: unknown;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> => typeof (value as { then?: unknown } | null)?.then === "function";

/** Shows what a promise gives, when it is there. */
function Later({ promise }: { readonly promise: PromiseLike<ComponentChildren> }): ComponentChildren {
  return use(useState(() => followed(promise))[0]) as ComponentChildren;
}

/** What the block of an asynchronous page or component has made. */
interface Ready {
  readonly made: Made;
  readonly hooks: SetupHooks;
  /** A template that awaits is rendered once. */
  once?: PromiseLike<ComponentChildren>;
}

function View({ ready }: { readonly ready: Ready }): ComponentChildren {
  for (const hook of ready.hooks) hook();
  if (ready.once === undefined) {
    const out = typeof ready.made === "function" ? ready.made() : ready.made;
    if (!isPromise(out)) return out as ComponentChildren;
    ready.once = out as PromiseLike<ComponentChildren>;
  }
  return h(Later, { promise: ready.once });
}

/** Runs a block; the hooks in it are those of its view. */
async function readyOf(component: AsyncPage, props: object): Promise<Ready> {
  const hooks: SetupHooks = [];
  const made = await component(props, hooks);
  return { made, hooks };
}

interface Asked {
  props: object;
  ready: PromiseLike<unknown>;
}

const wrapped = new WeakMap<object, (props: object) => ComponentChildren>();

/** A component that waits for an asynchronous one, and asks it once for the same props. */
function waiting(component: AsyncPage): (props: object) => ComponentChildren {
  const known = wrapped.get(component);
  if (known !== undefined) return known;
  // A boundary takes what waits in it out of the page, and puts the same vnode back.
  const asked = new WeakMap<object, PromiseLike<unknown>>();
  const ask = (props: object): Asked => {
    let ready = asked.get(props);
    if (ready === undefined) {
      ready = followed(readyOf(component, props));
      asked.set(props, ready);
    }
    return { props, ready };
  };
  function Awaited(props: object): ComponentChildren {
    const [last] = useState(() => ask(props));
    if (differ(last.props, props)) Object.assign(last, ask(props));
    return h(View, { ready: use(last.ready) as Ready });
  }
  wrapped.set(component, Awaited);
  return Awaited;
}

function differ(one: object, other: object): boolean {
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return [...Object.keys(a), ...Object.keys(b)].some((name) => !Object.is(a[name], b[name]));
}

const isAsync = (type: unknown): type is AsyncPage => typeof type === "function" && type.constructor.name === "AsyncFunction";

let hooked = false;

// In a page of the browser a promise may stand wherever it may on the server (T2, T7): among children, and as a component.
function allowPromises(): void {
  if (hooked) return;
  hooked = true;
  const options = steps as typeof steps & { vnode?: (vnode: VNode) => void };
  const old = options.vnode;
  options.vnode = (vnode) => {
    const inner = vnode as { type: unknown; props: { children?: unknown } };
    if (isAsync(inner.type)) inner.type = waiting(inner.type);
    const { children } = inner.props ?? {};
    if (isPromise(children)) inner.props.children = h(Later, { promise: children as PromiseLike<ComponentChildren> });
    else if (Array.isArray(children) && children.some(isPromise)) {
      inner.props.children = children.map((child) => (isPromise(child) ? h(Later, { promise: child as PromiseLike<ComponentChildren> }) : child));
    }
    old?.(vnode);
  };
}

function setMeta(meta: unknown): void {
  const value: unknown = typeof meta === "function" ? (meta as () => unknown)() : meta;
  if (isPromise(value)) void value.then(setMeta);
  else if (typeof value === "object" && value !== null) metaTags(value as Record<string, unknown>);
}

const shown = new WeakSet<Element>();

async function show(root: Element, page: PageModule): Promise<void> {
  if (shown.has(root)) return;
  shown.add(root);
  allowPromises();
  const url = new URL(location.href);
  const props = { params: pageParams(), url, setMeta, fill() {} };
  try {
    if (page.meta !== undefined) setMeta(page.meta);
    if (!isAsync(page.default)) return void mountIsland(root, page.default, props);
    // What is shown while the page loads stays until the block has ended.
    const ready = await readyOf(page.default, props);
    if (root.isConnected) mountIsland(root, View, { ready });
  } catch (error) {
    const event = new CustomEvent("velox:page-error", { bubbles: true, cancelable: true, detail: error });
    if (root.dispatchEvent(event)) console.error(error);
  }
}

/** Shows a page wherever the document has a place for the module at `src`: now, and whenever navigation brings one. */
export function mountPage(page: PageModule, src: string): void {
  const look = (): void => {
    for (const root of document.querySelectorAll("[data-velox-page]")) {
      if (new URL(root.getAttribute("data-velox-page")!, location.href).href === src) void show(root, page);
    }
  };
  document.addEventListener("velox:page-load", look);
  look();
}

