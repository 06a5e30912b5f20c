// The router as components see it. What they read of the place is watched: they render again when it changes.

import { signal } from "@preact/signals";
import { h, type Component } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Html } from "../../../shared/html.js";
import type { LinkProps, Router } from "../../types.js";
import { attributeValue, safeProps } from "../../values.js";
import type { Params } from "../../../render/view.js";
import { pageParams } from "../page.js";
import { startRouter, watchLink } from "./links.js";
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

function LinkElement(this: Component, props: LinkProps): unknown {
  const { prefetch: kind, replace, noScroll, href, children, ...attributes } = props;
  useLayoutEffect(() => {
    startRouter();
    const element = (this as Component & { base?: unknown }).base;
    if (element instanceof HTMLAnchorElement) watchLink(element);
  });
  const own: Record<string, unknown> = { ...safeProps(attributes, "a"), href: attributeValue("href", href), "data-velox-link": "" };
  if (kind !== undefined) own["data-velox-prefetch"] = kind === false ? "off" : kind;
  if (replace === true) own["data-velox-replace"] = "";
  if (noScroll === true) own["data-velox-noscroll"] = "";
  return h("a", own, children as never);
}

export const Link = LinkElement as unknown as (props: LinkProps) => Html;
