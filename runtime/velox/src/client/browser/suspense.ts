// Boundaries for what is not there yet, and for what fails.

import { Component, h, type ComponentChildren } from "preact";
import type { Html } from "../../shared/html.js";
import type { Pending, Waiting } from "./pending.js";
import type { Inner } from "./steps.js";

interface SuspenseProps {
  readonly fallback?: ComponentChildren;
  readonly error?: ComponentChildren | ((error: { readonly message: string }) => ComponentChildren);
  readonly children?: ComponentChildren;
}

interface SuspenseState {
  readonly failed: unknown;
}

const NOTHING = {};

/** A vnode with what it gave, under the names of preact's published build. */
interface Shown extends Inner {
  readonly __k: readonly (Shown | null)[] | null;
  readonly __e: Element | Text | null;
}

// The vnodes of the outermost nodes of the document that a vnode stands for.
function nodesOf(vnode: Shown | null | undefined): Shown[] {
  if (vnode === null || vnode === undefined) return [];
  return typeof vnode.type === "function" ? (vnode.__k ?? []).flatMap(nodesOf) : [vnode];
}

function Content(props: { readonly children?: ComponentChildren }): ComponentChildren {
  return props.children;
}

// What waits, and what stands beside it, stays rendered: it is out of sight until all of it is there, and keeps its state.
class Boundary extends Component<SuspenseProps, SuspenseState> implements Waiting {
  override state: SuspenseState = { failed: NOTHING };
  readonly #waiting = new Map<Pending, Set<Component>>();
  readonly #hidden = new Map<Element, string>();

  suspend(promise: Pending, component: Component): void {
    const known = this.#waiting.get(promise);
    if (known !== undefined) return void known.add(component);
    const components = new Set([component]);
    this.#waiting.set(promise, components);
    this.setState({});
    const done = (): void => {
      this.#waiting.delete(promise);
      for (const one of components) one.forceUpdate();
      this.setState({});
    };
    promise.then(done, done);
  }

  override componentDidCatch(error: unknown): void {
    if (this.props.error === undefined) throw error;
    this.setState({ failed: error });
  }

  override componentDidMount(): void {
    this.componentDidUpdate();
  }

  override componentDidUpdate(): void {
    const waits = this.#waiting.size > 0;
    const [content] = (this as unknown as { __v: Shown }).__v.__k ?? [];
    for (const { __e: node, props } of nodesOf(content)) {
      if (node instanceof Text) node.data = waits ? "" : String(props);
      if (!(node instanceof HTMLElement || node instanceof SVGElement)) continue;
      const before = this.#hidden.get(node);
      if (waits === (before !== undefined)) continue;
      if (waits) this.#hidden.set(node, node.style.display);
      else this.#hidden.delete(node);
      node.style.display = before ?? "none";
    }
  }

  override render(): ComponentChildren {
    const { children, fallback, error } = this.props;
    const { failed } = this.state;
    if (failed !== NOTHING) return typeof error === "function" ? error({ message: messageOf(failed) }) : error;
    return [h(Content, null, children), this.#waiting.size > 0 ? h(Content, null, fallback) : null];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Content that may come later, with something to show until then. */
export const Suspense = Boundary as unknown as (props: object) => Html;
