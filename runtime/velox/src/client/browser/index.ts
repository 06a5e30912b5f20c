// What components import, as it is in the browser. `../index.ts` is the side of the server; the types are the same.

export { asyncSignal, batch, computed, effect, persistedSignal, signal, untrack } from "./signals.js";
export { onCleanup, onDestroy, onMount, onUpdate } from "./lifecycle.js";
export { createContext, lazy, memo, ref, useContext } from "./components.js";
export { Link, useParams, useRouter, useSearchParams } from "./router/hooks.js";
export type {
  AnyComponent, AsyncSignal, AsyncStatus, Context, LinkProps, MountHook, ReadonlySignal, Ref, Router, Signal,
} from "../types.js";
