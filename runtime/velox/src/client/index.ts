// What components import. This is the side of the server; `browser/index.ts` is the one of the browser.

export { asyncSignal, batch, computed, effect, persistedSignal, signal, untrack } from "./signals.js";
export {
  createContext, lazy, Link, memo, onCleanup, onDestroy, onMount, onUpdate, ref, useContext, useParams, useRouter, useSearchParams,
} from "./components.js";
export type {
  AnyComponent, AsyncSignal, AsyncStatus, Context, LinkProps, MountHook, ReadonlySignal, Ref, Router, Signal,
} from "./types.js";
