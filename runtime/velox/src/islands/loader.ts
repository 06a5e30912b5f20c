// The island loader (ISL-1 to ISL-3): defines the elements `velox-island` and `velox-props`, and stands in a page as an
// inline script. It is one constant text, so that a policy can name its hash; the build makes `loader-text.ts` of it.
//
// `<velox-island i p on o>`: `i` is the index of its module's URL, `p` of its props, `on` its directive, `o` that
// directive's value. `<velox-props>` follows two JSON blocks, which hold what these indices mean and come after all
// islands of their part of the page: with them an island's children are complete. The first block is
// `[first module, first props, number of props, flag, ...URLs of modules]`, the second one holds the props.
//
// Refuses to look anything up in `document`: names in a page's own HTML could stand in its place (case 50).

/** The props of several islands, as text until the first of them is needed. */
export interface PropsBlock {
  readonly text: string;
  readonly flag: number;
  /** Index of the first props in it. */
  readonly base: number;
  /** What `text` says, for the module that mounts. */
  value?: unknown;
}

/** An element `velox-island` with what the loader and the island's module keep on it. */
export interface IslandElement extends HTMLElement {
  /** The URL of its module; set once that is known. */
  u?: string | undefined;
  /** Its props. */
  b?: PropsBlock | undefined;
  /** Ends what the island began: what it waits for, and later its component. */
  end?(): void;
  /** True from the moment that its module is asked for. */
  l?: boolean;
  /** What waits until it is alive: islands inside of it. */
  q?: (() => void)[];
  /** Events that came before, with the value and the tick that their fields had. */
  r?: [Event, string, boolean][];
}

/** What the module of an island exports. */
export interface IslandModule {
  default(element: IslandElement): Promise<unknown> | unknown;
}

(() => {
  // URLs of modules by their index, and by its complement (`~index`) blocks of props.
  let known: Record<number, string | PropsBlock> = {};
  const waiting = new Set<IslandElement>();

  const bind = (element: IslandElement): void => {
    const get = (name: string): never => element.getAttribute(name) as never;
    const on: string = get("on");
    const option: string = get("o");
    const begin = (): void => start(element);
    // One that comes back into the page has begun already.
    if (element.u) return;
    const url = known[get("i")] as string;
    // A later part of the page may need a module that is known and props that are still to come.
    if (!url || (get("p") && !(element.b = known[~get("p")] as PropsBlock))) return void waiting.add(element);
    waiting.delete(element);
    element.u = url;
    if (on === "idle") {
      self.requestIdleCallback?.(begin, { timeout: +option || 2000 }) ?? setTimeout(begin, 200);
    } else if (on === "media") {
      const query = matchMedia(option);
      if (query.matches) begin();
      else {
        // A query that is listened to holds on to its island, in the page or not.
        query.onchange = begin;
        element.end = () => (query.onchange = null);
      }
    } else if (on === "visible" && element.children[0]) {
      const observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) {
            observer.disconnect();
            begin();
          }
        },
        { rootMargin: option ?? "" },
      );
      for (const child of element.children) observer.observe(child);
    } else begin();
  };

  const start = (element: IslandElement): void => {
    const outer = element.parentElement?.closest<IslandElement>("velox-island[i]");
    if (outer) return void (outer.q ??= []).push(() => start(element));
    if (element.l) return;
    element.l = true;
    import(element.u!)
      .catch(() => new Promise((resolve) => setTimeout(resolve, 1000)).then(() => import(element.u + "?1")))
      .then((module: IslandModule) => module.default(element))
      .catch((error: unknown) => {
        const event = new CustomEvent("velox:hydration-error", { bubbles: true, cancelable: true, detail: error });
        if (element.dispatchEvent(event)) console.error(error);
      })
      .then(() => {
        element.removeAttribute("i");
        // Each in a task of its own, so that what one changes is there for the next.
        element.r?.map((early) => setTimeout(replay, 0, early));
        element.q?.map((run) => run());
      });
  };

  const replay = ([event, value, checked]: [Event, string, boolean]): void => {
    const target = event.target as HTMLInputElement & HTMLFormElement;
    if (event.type === "submit") return target.requestSubmit((event as SubmitEvent).submitter);
    const again = new (event.constructor as typeof Event)(event.type, event);
    // What a click does by itself has happened.
    if (event.type === "click") again.preventDefault();
    else {
      if (target.value !== value) target.value = value;
      target.checked = checked;
    }
    target.dispatchEvent(again);
  };

  for (const type of ["click", "input", "change", "submit"]) {
    addEventListener(
      type,
      (event) => {
        const target = event.target as HTMLInputElement;
        const element = event.isTrusted && target.closest<IslandElement>("velox-island[i]");
        // A box that is ticked tells so by its other events. A form is kept only where somebody comes for it; elsewhere
        // it is sent as without JavaScript.
        if (!element || (type === "click" && /^(ch|ra)/.test(target.type)) || (type === "submit" && !element.l)) return;
        if (type === "submit") event.preventDefault();
        (element.r ??= []).push([event, target.value, target.checked]);
      },
      true,
    );
  }

  customElements.define(
    "velox-island",
    class extends HTMLElement {
      connectedCallback(): void {
        // Of a page that has come by navigation all is there by then, so that no index means something of the last page.
        queueMicrotask(() => bind(this));
      }
    },
  );
  customElements.define(
    "velox-props",
    class extends HTMLElement {
      connectedCallback(): void {
        const props = this.previousSibling as HTMLScriptElement | null;
        const modules = props?.previousSibling as HTMLScriptElement | null | undefined;
        // Without blocks it says that another page comes, with indices of its own.
        if (modules?.localName !== "script") return void (known = {});
        const [module, base, count, flag, ...list] = JSON.parse(modules.text) as [number, number, number, number, ...string[]];
        list.map((url, index) => (known[module + index] = url));
        const block: PropsBlock = { text: props!.textContent!, flag, base };
        for (let index = 0; index < count; index++) known[~(base + index)] = block;
        waiting.forEach(bind);
      }
    },
  );
})();
