// `<Suspense>` and `<Head>` as components (T7, T10). The compiler writes them out; these are what they
// mean where JSX is compiled by something else, and what their types are.

import { Html } from "./shared/html.js";
import { head } from "./render/head.js";
import { suspense } from "./render/suspense.js";
import { text } from "./render/text.js";
import type { HeadEntry } from "./render/render.js";
import { JsxHtml } from "./jsx/runtime.js";
import type { Renderable } from "./jsx/values.js";

/** Props of `<Suspense>`. */
export interface SuspenseProps {
  /** Shown until the content is there. */
  readonly fallback?: Renderable;
  /** Shown in place of content that failed: a value, or a function of the error. */
  readonly error?: Renderable | ((error: { readonly message: string; readonly digest?: string }) => Renderable);
  readonly children?: Renderable;
}

/** Content that may come later, with something to show until then. */
export function Suspense(props: SuspenseProps): Html {
  const { error } = props;
  const options = {
    fallback: () => text(props.fallback),
    error:
      error === undefined
        ? undefined
        : (cause: unknown) => text(typeof error === "function" ? error(cause as { message: string }) : error),
  };
  return new Html(() => suspense(options, () => text(props.children)));
}

/** Puts its children into the page's `<head>`. */
export function Head(props: { readonly children?: Renderable }): Html {
  return new Html(() => head(entriesOf(props.children)));
}

function entriesOf(children: unknown): HeadEntry[] {
  if (Array.isArray(children)) return children.flatMap(entriesOf);
  const html = text(children);
  if (html === "") return [];
  return [{ key: children instanceof JsxHtml ? keyOf(children) : null, html }];
}

function keyOf({ type, props }: JsxHtml): string | null {
  if (type === "title") return "title";
  if (type === "meta" && typeof props["name"] === "string") return "meta:name:" + props["name"];
  if (type === "meta" && typeof props["property"] === "string") return "meta:property:" + props["property"];
  return type === "link" && props["rel"] === "canonical" ? "link:canonical" : null;
}

