// What components import, as it is in the browser. `../index.ts` is the side of the server; the types are the same.
// Each line is one file with one job, since what is in a file is loaded together (bundle/barrels.ts).

export { batch, computed, signal, untrack } from "./signals.js";
export { effect } from "./effect.js";
export { asyncSignal } from "./loading.js";
export { persistedSignal } from "./persisted.js";
export { onMount, onUpdate } from "./lifecycle.js";
export { onCleanup, onDestroy } from "./cleanups.js";
export { createContext, useContext } from "./context.js";
export { lazy } from "./lazy.js";
export { memo } from "./memo.js";
export { ref } from "./ref.js";
export { Link } from "./router/link.js";
export { useParams, useRouter, useSearchParams } from "./router/hooks.js";
export type {
  AnyComponent, AsyncSignal, AsyncStatus, Context, LinkProps, MountHook, ReadonlySignal, Ref, Router, Signal,
} from "../types.js";
