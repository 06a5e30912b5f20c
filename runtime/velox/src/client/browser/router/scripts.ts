// Scripts of a page that comes in place of another: a parser without a window has left them inert. A module runs once
// in the life of a document, and so does an inline script of the head; one of the body runs with each page that holds it.

const modules = new Set<string>();
const inline = new Set<string>();

/** Takes down which scripts have run already, and by which nonce: later the document holds scripts of other responses. */
export function rememberScripts(): void {
  own = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  for (const script of document.scripts) {
    if (script.type === "module" && script.src !== "") modules.add(script.src);
    else if (script.src === "") inline.add(script.text);
  }
}

// Elements cannot be defined twice; what stands in the head of several pages is the same script. That of streamed pages watches
// whichever body the document has, so one run of it is enough for all of them.
function runsOnce(script: HTMLScriptElement): boolean {
  return script.text.includes("customElements.define") || script.closest("head") !== null;
}

let trusted: string | null = null;

/** Takes down which nonce the policy of the response names that is about to be shown; null where it names none. */
export function trust(nonce: string | null): void {
  trusted = nonce;
}

let own = "";

/** The nonce that the policy of this document asks for, if any. */
export function ownNonce(): string {
  return own;
}

/**
 * Gives an element of another response the nonce that the policy of this document asks for: one that the policy of that
 * response lets through. `written` is the nonce that it came with.
 */
export function allow<E extends Element>(element: E, written: string): E {
  const passes = trusted === null ? isScript(element) || written !== "" : written === trusted || written === own;
  if (own !== "" && passes) (element as Element as HTMLElement).nonce = own;
  return element;
}

/** Whether an element is a script. */
export function isScript(element: Element): element is HTMLScriptElement {
  return element.localName === "script";
}

const KINDS = /^(module|(text|application)\/(x-)?(java|ecma)script)?$/i;

/** Runs a script that stands in the document, and gives the element that stands there now. Data is left as it is. */
export function runScript(script: HTMLScriptElement): HTMLScriptElement {
  const type = script.getAttribute("type") ?? "";
  if (!KINDS.test(type.trim())) return script;
  if (type === "module" && script.src !== "") {
    if (modules.has(script.src)) return script;
    modules.add(script.src);
  }
  if (script.src === "") {
    if (inline.has(script.text) && runsOnce(script)) return script;
    inline.add(script.text);
  }
  const copy = document.createElement("script");
  for (const { name, value } of script.attributes) copy.setAttribute(name, value);
  allow(copy, script.nonce);
  // The order of the page is kept.
  if (copy.type !== "module" && !script.hasAttribute("async")) copy.async = false;
  copy.text = script.text;
  script.replaceWith(copy);
  return copy;
}

/** Runs the scripts of a part of the page. */
export function runScripts(root: Element): void {
  for (const script of root.querySelectorAll("script")) runScript(script);
}
