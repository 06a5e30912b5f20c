// Pages that are rendered in the browser (M5): the page's module calls `mountPage`, which puts the page into the place
// that the server left for it, with `_loading.velox` there until then. Where it fails, what the route's error page says takes that
// place; the server has sent it along. Refuses to render layouts: the server has.

import { Component, h, type ComponentChildren, type VNode } from "preact";
import { useState } from "preact/hooks";
import { mountIsland, type LivingElement } from "./island.js";
import { defineLateHead } from "./late-head.js";
import type { SetupHooks } from "./later.js";
import { LayoutSlots } from "./layout-slots.js";
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

interface LaterProps {
  readonly promise: PromiseLike<ComponentChildren>;
  readonly slots?: LayoutSlots | undefined;
}

/** Shows what a promise gives, when it is there. */
function Later({ promise, slots }: LaterProps): ComponentChildren {
  return withSlots(use(useState(() => followed(promise))[0]) as ComponentChildren, slots);
}

// What a template gave, with what it has filled into slots of its layouts.
function withSlots(out: ComponentChildren, slots: LayoutSlots | undefined): ComponentChildren {
  return slots === undefined ? out : [out, slots.portals()];
}

/** What the block of an asynchronous page or component has made. */
interface Ready {
  readonly made: Made;
  readonly hooks: SetupHooks;
  /** A template that awaits is rendered once. */
  once?: PromiseLike<ComponentChildren>;
}

function View({ ready, slots }: { readonly ready: Ready; readonly slots?: LayoutSlots }): ComponentChildren {
  for (const hook of ready.hooks) hook();
  if (ready.once === undefined) {
    slots?.begin();
    const out = typeof ready.made === "function" ? ready.made() : ready.made;
    if (!isPromise(out)) return withSlots(out as ComponentChildren, slots);
    ready.once = out as PromiseLike<ComponentChildren>;
  }
  return h(Later, { promise: ready.once, slots });
}

interface PageProps {
  readonly render: (props: object) => ComponentChildren;
  readonly props: object;
  readonly slots: LayoutSlots;
}

/** A page whose block does not await: it runs with each rendering. */
function Page({ render, props, slots }: PageProps): ComponentChildren {
  slots.begin();
  return withSlots(render(props), slots);
}

interface GuardProps {
  readonly fail: (error: unknown) => void;
  readonly children?: ComponentChildren;
}

/** Tells of what fails in a page while it is rendered, the first time or later, where no boundary in it shows it. */
class Guard extends Component<GuardProps, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ failed: true });
    this.props.fail(error);
  }

  override render(): ComponentChildren {
    return this.state.failed ? null : this.props.children;
  }
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

function setMeta(meta: unknown, fail: (error: unknown) => void): void {
  const value: unknown = typeof meta === "function" ? (meta as () => unknown)() : meta;
  if (isPromise(value)) void value.then((there) => setMeta(there, fail)).then(undefined, fail);
  else if (typeof value === "object" && value !== null) metaTags(value as Record<string, unknown>);
}

const shown = new WeakSet<Element>();

async function show(root: LivingElement, page: PageModule): Promise<void> {
  if (shown.has(root)) return;
  shown.add(root);
  allowPromises();
  const url = new URL(location.href);
  const { title } = document;
  const slots = new LayoutSlots();
  const fail = (error: unknown): void => {
    const event = new CustomEvent("velox:page-error", { bubbles: true, cancelable: true, detail: error });
    if (!root.dispatchEvent(event)) return;
    console.error(error);
    // What is being rendered ends first.
    queueMicrotask(() => {
      root.end?.();
      slots.end();
      if (root.isConnected) showError(root, title);
    });
  };
  const mount = (page: VNode<any>): void => mountIsland(root, Guard, { fail, children: page });
  // Promises among `meta` fail the page too.
  const ofPage = (meta: unknown): void => setMeta(meta, fail);
  const props = { params: pageParams(), url, setMeta: ofPage, fill: slots.fill };
  try {
    if (page.meta !== undefined) ofPage(page.meta);
    const component = page.default as PageProps["render"] & { prototype?: { render?: unknown } };
    if (!isAsync(component)) mount(component.prototype?.render ? h(component, props) : h(Page, { render: component, props, slots }));
    else {
      // What is shown while the page loads stays until the block has ended.
      const ready = await readyOf(component, props);
      if (root.isConnected) mount(h(View, { ready, slots }));
    }
  } catch (error) {
    fail(error);
  }
}

// What the error page says stands beside the place, inert; its title and tags go into the head.
function showError(root: Element, title: string): void {
  const template = document.querySelector<HTMLTemplateElement>("template[data-velox-error]");
  if (template === null) return;
  defineLateHead();
  document.title = title;
  root.replaceChildren(document.importNode(template.content, true));
}

/** Shows a page wherever the document has a place for the module at `src`: now, and whenever navigation brings one. */
export function mountPage(page: PageModule, src: string): void {
  const look = (): void => {
    for (const root of document.querySelectorAll<LivingElement>("[data-velox-page]")) {
      if (new URL(root.getAttribute("data-velox-page")!, location.href).href === src) void show(root, page);
    }
  };
  document.addEventListener("velox:page-load", look);
  look();
}

