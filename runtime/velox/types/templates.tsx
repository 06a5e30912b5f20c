// What JSX types allow and what they refuse: each line under `@ts-expect-error` must be an error, every
// other one must not. Checked by the compiler against the built declarations; never run.

import { Head, Suspense, defineConfig, type Meta } from "velox";
import { Link, createContext, ref, signal, computed, useParams } from "velox/client";
import {
  defineHandler, defineMiddleware, fetch, json, notFound, NotFound, redirect, revalidatePath, useCookies, useRequest,
} from "velox/server";

const count = signal(1);
const names = ["a", null, undefined, false, 3, 4n];
const anchor = ref<HTMLAnchorElement>();
const Theme = createContext<"light" | "dark">("light");

function Card(props: { title: string; children?: unknown }) {
  return <p title={props.title}>{props.title}</p>;
}
async function Later(props: { id: number }) {
  await Promise.resolve();
  return <b>{props.id}</b>;
}
const Text = () => "text";
const Nothing = () => null;
const Many = () => [1, "two", <i />];

export const good = (
  <>
    <div class="a" id="x" tabindex={0} hidden data-x={1} data-y={{ any: true }} aria-hidden={false} aria-label="x" role="main" />
    <div class={["a", { b: true, c: null }, ["d", false]]} style={{ color: "red", "--x": 1, margin: null }} />
    <p class={{ on: count.value > 1 }} style="color: red" className="x" title={count} lang={null} dir="rtl">{count}{names}</p>
    <a href="/x" target="_blank" rel="noopener" download ref={anchor} onClick={(event) => event.currentTarget.href.length}>x</a>
    <a href={new URL("https://a.example")}>x</a>
    <label for="x">a</label>
    <label htmlFor="x">a</label>
    <input type="text" value={1} checked disabled={count.value > 1} maxlength={3} readonly autocomplete="off" onInput={(e) => e.currentTarget.value.length} />
    <button type="submit" popovertarget="x" formaction="/x">b</button>
    <img src="/a.png" srcset="/a.png 1x" alt="" loading="lazy" width={1} height="2" fetchpriority="high" />
    <form method="post" action="/x" enctype="multipart/form-data" novalidate onSubmit={(event) => event.preventDefault()}><textarea name="a" rows={3} /></form>
    <video src="/a.mp4" controls muted playsinline><track kind="captions" src="/a.vtt" default /></video>
    <details open name="x"><summary>s</summary></details>
    <script type="module" src="/a.js" async is:inline />
    <style is:global>{"a{}"}</style>
    <meta charset="utf-8" />
    <meta property="og:title" content="x" http-equiv="refresh" />
    <svg viewBox="0 0 1 1" width={1} xmlns="http://www.w3.org/2000/svg" fill="none" stroke-width={2} class="a" onClick={(e) => e.currentTarget.viewBox}>
      <path d="M0 0" stroke="red" fill-rule="evenodd" />
      <linearGradient id="g"><stop offset="0" stop-color="red" /></linearGradient>
      <use href="#g" />
    </svg>
    <my-element any="x" other={{ deep: 1 }} onClick={() => {}} class="a">x</my-element>
    <div innerHTML="<b>" contenteditable="plaintext-only" draggable={false} spellcheck />
    <slot name="x">fallback</slot>
    <velox:slot name="x">content</velox:slot>
    <table><tbody><tr><td colspan={2} /><th scope="row" /></tr></tbody></table>
    <select multiple><option value={1} selected>1</option></select>
    <Card title="x" client:load key="k">child</Card>
    <Card title="x" client:visible={{ rootMargin: "1px" }} />
    <Card title="x" client:media="(min-width: 1px)" />
    <Later id={1} client:idle={{ timeout: 1 }} />
    <Text /><Nothing /><Many />
    <Suspense fallback={<i>wait</i>} error={(error) => <b>{error.message}</b>}>{Promise.resolve("x")}<Later id={1} /></Suspense>
    <Head><title>x</title></Head>
    <Link href="/x" prefetch="hover" class={["a"]}>go</Link>
    <Theme.Provider value="dark"><Text /></Theme.Provider>
    {computed(() => "x")}{new Set(["a"])}{[[1], ["a"]]}{Promise.resolve([<i />])}
  </>
);

export const bad = (
  <>
    {/* @ts-expect-error an element that does not exist */}
    <dvi />
    {/* @ts-expect-error an attribute that does not exist */}
    <p hrf="x" />
    {/* @ts-expect-error an attribute of another element */}
    <p href="/x" />
    {/* @ts-expect-error React's name of an attribute */}
    <input readOnly />
    {/* @ts-expect-error a value of the wrong type */}
    <p id={{}} />
    {/* @ts-expect-error a boolean attribute is no word */}
    <input disabled="yes" />
    {/* @ts-expect-error an aria attribute that does not exist */}
    <p aria-lable={{}} role={1 as unknown as symbol} />
    {/* @ts-expect-error a handler that is no function */}
    <p onClick={1} />
    {/* @ts-expect-error an object is not rendered */}
    <p>{{ a: 1 }}</p>
    {/* @ts-expect-error a function is not rendered */}
    <p>{() => "x"}</p>
    {/* @ts-expect-error a symbol is not rendered */}
    <p>{Symbol("x")}</p>
    {/* @ts-expect-error a date is not rendered */}
    <p>{new Date()}</p>
    {/* @ts-expect-error a prop is missing */}
    <Card />
    {/* @ts-expect-error a prop of the wrong type */}
    <Card title={1} />
    {/* @ts-expect-error a directive with a value that it does not take */}
    <Card title="x" client:media={3} />
    {/* @ts-expect-error the type of a provider's value */}
    <Theme.Provider value="pink" />
    {/* @ts-expect-error no such type of an event's target */}
    <input onInput={(event) => event.currentTarget.href} />
    {/* @ts-expect-error a link needs its target */}
    <Link />
  </>
);

export const meta: Meta = { title: "x", keywords: ["a"], robots: { index: false }, openGraph: { siteName: "x" }, alternates: { de: "/de" }, custom: 1 };
// @ts-expect-error a title is text
export const wrong: Meta = { title: 1 };

export const config = defineConfig({ site: "https://a.example", app: { trailingSlash: "always" }, server: { trustProxy: 1 } });
// @ts-expect-error not one of the words
export const wrongConfig = defineConfig({ app: { trailingSlash: "sometimes" } });

export const GET = defineHandler<{ id: string }>(async (request, { params }) => {
  const id: string = request.params.id + params.id;
  // @ts-expect-error not a param of the route
  request.params.other;
  if (id === "") throw new NotFound();
  if (id === "x") throw notFound();
  if (id === "y") throw redirect("/x", 303, { "x-a": "1" });
  useCookies().set("a", "b", { maxAge: 1, sameSite: "strict" });
  await revalidatePath("/x", { mode: "swr" });
  const data = await fetch("/x", { next: { tags: ["a"], revalidate: 60 } });
  return json({ id, q: request.query.get("q"), c: request.cookies.get("c"), ip: request.ip, data: await data.json(), own: useRequest<{ id: string }>().params.id });
});
export default defineMiddleware(async (request, next) => {
  request.context["user"] = "ann";
  const response = await next();
  response.headers.set("x-a", String(useParams<{ id: string }>().id));
  return response;
});
