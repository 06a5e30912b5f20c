// The module that a build writes as `server/app.js`, as the runtime reads it.

import type { CacheConfig } from "../cache/settings.js";
import type { BlockModule } from "../render/layers.js";

/** One segment of a route's pattern. */
export type Segment =
  | { readonly kind: "static"; readonly value: string }
  | { readonly kind: "param" | "optional" | "rest" | "optional-rest"; readonly name: string };

/** How a page is rendered (M2 to M5). */
export type RenderMode = "ssr" | "ssg" | "isr" | "csr";

/** Loads a module of the build. */
export type Load<T> = () => Promise<T>;

/** An error page with the layouts around it. */
export interface ErrorPage {
  readonly load: Load<BlockModule>;
  readonly layouts: readonly Load<BlockModule>[];
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

/** Methods that an endpoint may export (L5). */
export interface EndpointModule {
  readonly [method: string]: unknown;
}

/** A page or an endpoint. */
export interface Route {
  readonly id: string;
  readonly pattern: string;
  readonly file: string;
  readonly kind: "page" | "endpoint";
  readonly mode: RenderMode;
  readonly revalidate?: number | false | null;
  readonly segments: readonly Segment[];
  readonly load: Load<unknown>;
  readonly layouts?: readonly Load<BlockModule>[];
  readonly errors?: readonly ErrorPage[];
  readonly loading?: Load<BlockModule> | null;
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** What renders a `csr` page in the browser. */
  readonly client?: BundledModule | null;
  readonly hasPaths?: boolean;
  readonly prerender?: boolean;
  /** How an `ssr` page with boundaries leaves: out of order unless said otherwise. */
  readonly stream?: "ordered" | "off" | null;
  /** What an `isr` route answers for params that the build has not rendered (SSG-3); `blocking` unless said otherwise. */
  readonly fallback?: "blocking" | "404" | null;
}

/** A module for the browser with what it needs: an island, the router, a page that is rendered there. */
export interface BundledModule {
  /** URL of its module. */
  readonly src: string;
  /** URLs of the modules that it imports. */
  readonly preload?: readonly string[];
  /** URLs of its style sheets. */
  readonly styles?: readonly string[];
}

/** The browser's side of an island. */
export interface IslandEntry extends BundledModule {
  /** The module that takes HTML over which was passed into the island. */
  readonly slots?: string;
  /** The module that reads props that JSON has no word for. */
  readonly decoder?: string;
  /** Whether it may show queries. Its page then says when it was rendered, which is the time of data in its props (QRY-6). */
  readonly queries?: boolean;
}

/** A built application. */
export interface App {
  readonly version: 1;
  readonly build: string;
  readonly base: string;
  readonly trailingSlash: "never" | "always" | "ignore";
  readonly site: string | null;
  readonly allowedHosts: readonly string[];
  readonly trustProxy: number;
  readonly bodyLimit: number;
  readonly routes: readonly Route[];
  readonly errors: readonly ErrorPage[];
  readonly middleware: Load<Record<string, unknown>> | null;
  /** Name of the application in keys of a shared store; `velox` unless said otherwise. */
  readonly name?: string;
  /** Seconds that the content of a boundary may take (STR-3); 10 unless said otherwise. */
  readonly streamTimeout?: number | null;
  /** The content security policy of pages: true for a strict one, or directives that scripts of the framework are added to. */
  readonly csp?: boolean | string | null;
  /** What `velox.config` says about the cache. */
  readonly cache?: CacheConfig | null;
  /** The islands of the application, by `module#export`. */
  readonly islands?: Readonly<Record<string, IslandEntry>>;
  /** The router for links; null where nothing uses it. */
  readonly router?: BundledModule | null;
}
