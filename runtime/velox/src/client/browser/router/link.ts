// Links of the router as components of the browser make them.

import { h, type Component } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Html } from "../../../shared/html.js";
import type { LinkProps } from "../../types.js";
import { attributeValue } from "../../values/attribute.js";
import { safeProps } from "../../values/props.js";
import { startRouter, watchLink } from "./links.js";

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
