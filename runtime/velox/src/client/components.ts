// What components use besides signals, as it is on the server: context, references, lazy components,
// the router of the page that is being rendered, links. Lifecycle hooks never run here.

import { Html } from "../shared/html.js";
import { element } from "../render/element.js";
import { dynamic } from "../render/component.js";
import { needsParams, needsRouter } from "../render/page-modules.js";
import { inScope, renderScope, requestScope, scopeOrNone, type ContextNode } from "../render/scope.js";
import { text } from "../render/text.js";
import { isShared, StaticAccessError, type Params } from "../render/view.js";
import type { AnyComponent, Context, LazyLoad, LinkProps, MountHook, Ref, Router } from "./types.js";

/** Runs when the component is in the page; never on the server. */
export function onMount(_run: MountHook): void {}
/** Runs after each update of the component; never on the server. */
export function onUpdate(_run: () => void): void {}
/** Runs before the component's effects run again or it goes; in an effect, before that effect runs again. Never on the server. */
export function onCleanup(_run: () => void): void {}
/** Runs when the component goes; never on the server. */
export function onDestroy(_run: () => void): void {}

/** Makes a context with the value that it has outside of every provider. */
export function createContext<T>(defaultValue: T): Context<T>;
export function createContext<T>(): Context<T | undefined>;
export function createContext<T>(defaultValue?: T): Context<T | undefined> {
  const context: Context<T | undefined> = {
    defaultValue,
    Provider: (props) =>
      new Html(() => {
        const scope = renderScope("A context provider");
        const contexts: ContextNode = { key: context, value: props.value, outer: scope.contexts };
        return inScope({ ...scope, contexts }, () => text(props.children));
      }),
  };
  return context;
}

/** The value of the nearest provider. */
export function useContext<T>(context: Context<T>): T {
  for (let node = scopeOrNone()?.contexts ?? null; node !== null; node = node.outer) {
    if (node.key === context) return node.value as T;
  }
  return context.defaultValue;
}

/** A reference to an element; empty on the server. */
export function ref<T = Element>(initial: T | null = null): Ref<T> {
  return { current: initial };
}

/** A component whose module is loaded when it is first rendered. */
export function lazy<P extends object>(load: LazyLoad<P>): (props: P) => Promise<Html> {
  return async (props) => {
    const module = await load();
    const component = typeof module === "function" ? module : module.default;
    return new Html(() => dynamic(component, props));
  };
}

/** In the browser, renders again only when props change; on the server there is one rendering. */
export function memo<P>(component: AnyComponent<P>): AnyComponent<P> {
  return component;
}

/** The router. On the server it says where the page is; leaving it works in the browser only. */
export function useRouter(): Router {
  const { request, view } = requestScope("useRouter()");
  paramsInBrowser(request.params);
  const browserOnly = (name: string) => (): never => {
    throw new Error(`useRouter().${name}() works in the browser only; on the server throw redirect(...)`);
  };
  return {
    path: request.path,
    params: request.params,
    get url() {
      return view?.url ?? request.url;
    },
    push: browserOnly("push"),
    replace: browserOnly("replace"),
    prefetch: browserOnly("prefetch"),
    back: browserOnly("back"),
    forward: browserOnly("forward"),
    refresh: browserOnly("refresh"),
  };
}

/** The params of the page's route. */
export function useParams<P = Params>(): P {
  const { params } = requestScope("useParams()").request;
  paramsInBrowser(params);
  return params as P;
}

// What is rendered on the server asks again in the browser, where it is an island.
function paramsInBrowser(params: Params): void {
  const scope = scopeOrNone();
  if (scope?.island === true && scope.render !== null) needsParams(scope.render, params);
}

/** The page's query; an error in a page that is shared by all requests. */
export function useSearchParams(): URLSearchParams {
  const { request, view } = requestScope("useSearchParams()");
  if (view !== null && isShared(view.state)) throw new StaticAccessError(view.state, "useSearchParams()");
  return new URLSearchParams(request.search);
}

/** A link that navigates without a reload where the browser can. */
export function Link(props: LinkProps): Html {
  const { prefetch, replace, noScroll, ...attributes } = props;
  const all: Record<string, unknown> = { ...attributes, "data-velox-link": "" };
  if (prefetch !== undefined) all["data-velox-prefetch"] = prefetch === false ? "off" : prefetch;
  if (replace === true) all["data-velox-replace"] = "";
  if (noScroll === true) all["data-velox-noscroll"] = "";
  return new Html(() => {
    needsRouter();
    return element("a", all, false);
  });
}
