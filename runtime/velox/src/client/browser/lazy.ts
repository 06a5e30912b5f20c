// Components whose modules are loaded when they are first rendered.

import { h, type ComponentType } from "preact";
import type { Html } from "../../shared/html.js";
import type { LazyLoad } from "../types.js";
import { followed, use, type Pending } from "./pending.js";

export function lazy<P extends object>(load: LazyLoad<P>): (props: P) => Promise<Html> {
  let loaded: Pending | null = null;
  function Lazy(props: P): unknown {
    loaded ??= followed(load().then((module) => (typeof module === "function" ? module : module.default)));
    return h(use(loaded) as ComponentType<any>, props);
  }
  return Lazy as unknown as (props: P) => Promise<Html>;
}
