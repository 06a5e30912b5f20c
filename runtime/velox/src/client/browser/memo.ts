// Components that render again only when a prop differs.

import { Component, h, type ComponentChildren, type ComponentType } from "preact";
import type { AnyComponent } from "../types.js";

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
      return h(component as ComponentType<any>, this.props);
    }
  }
  return Memo as unknown as AnyComponent<P>;
}
