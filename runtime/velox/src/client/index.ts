// What components import. This is the side of the server; the browser has its own implementation.

export {
  AsyncSignal, asyncSignal, batch, Computed, computed, effect, persistedSignal, Signal, signal, untrack, type AsyncStatus,
  type ReadonlySignal,
} from "./signals.js";
export {
  createContext, lazy, Link, memo, onCleanup, onDestroy, onMount, onUpdate, ref, useContext, useParams, useRouter,
  useSearchParams, type Context, type LinkProps, type Router,
} from "./components.js";
