// Types of what can stand in a template and in an attribute (T2, T4).

import type { Html } from "../shared/html.js";

/** A signal, as far as a template reads it. */
export interface SignalLike<T> {
  readonly value: T;
  readonly brand: symbol;
}

/** What `{expr}` can print; anything else is a type error. */
export type Renderable =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Html
  | SignalLike<unknown>
  | PromiseLike<Renderable>
  | Iterable<Renderable>;

/** A value of an attribute; `null`, `undefined` and `false` drop it. */
export type Attribute<T> = T | SignalLike<T | null | undefined | false> | null | undefined | false;

/** Text or a number. */
export type Text = Attribute<string | number>;

/** A boolean attribute: there or not. */
export type Flag = boolean | SignalLike<boolean> | "" | null | undefined;

/** An attribute that says `true` or `false` in words. */
export type Worded<More extends string = never> = Attribute<"true" | "false" | true | More> | false;

/** One of some words; any other string is allowed, since HTML grows. */
export type Word<T extends string> = Attribute<T | (string & {})>;
