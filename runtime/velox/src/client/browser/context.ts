// Values for all that is inside of a provider.

import { createContext as createInner } from "preact";
import { useContext as useInner } from "preact/hooks";
import type { Context, ContextFunction } from "../types.js";
import { renderingComponent } from "./owner.js";

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
