// The router as components see it. What they read of the place is watched: they render again when it changes.

import { signal } from "@preact/signals";
import type { Router } from "../../types.js";
import type { Params } from "../../../render/view.js";
import { pageParams } from "../page.js";
import { startRouter } from "./links.js";
import { navigate, prefetch, refresh } from "./navigate.js";

interface Place {
  readonly url: URL;
  readonly params: Params;
}

const here = (): Place => ({ url: new URL(location.href), params: pageParams() });

let place: { value: Place } | null = null;

function watched(): Place {
  if (place === null) {
    startRouter();
    const own = (place = signal(here()));
    const moved = (): void => void (own.value = here());
    document.addEventListener("velox:after-swap", moved);
    addEventListener("hashchange", moved);
  }
  return place.value;
}

const ROUTER: Router = {
  get path() {
    return watched().url.pathname;
  },
  get params() {
    return watched().params;
  },
  get url() {
    return new URL(watched().url);
  },
  push: (to) => navigate(to, { history: "push" }),
  replace: (to) => navigate(to, { history: "replace" }),
  prefetch: (to) => prefetch(to),
  back: () => history.back(),
  forward: () => history.forward(),
  refresh,
};

export function useRouter(): Router {
  startRouter();
  return ROUTER;
}

export function useParams<P = Params>(): P {
  return watched().params as P;
}

export function useSearchParams(): URLSearchParams {
  return new URLSearchParams(watched().url.search);
}
