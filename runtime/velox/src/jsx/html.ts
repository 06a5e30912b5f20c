// Attributes of HTML elements, under the names that HTML gives them.

import type { ClassValue, StyleValue } from "../shared/class.js";
import type { AriaAttributes } from "./aria.js";
import type { EventAttributes } from "./events.js";
import type { Attribute, Flag, Renderable, SignalLike, Text, Word, Worded } from "./values.js";

/** Attributes of every element, and what a template adds to them. */
export interface GlobalAttributes<T> extends AriaAttributes {
  children?: Renderable;
  key?: string | number | bigint | null | undefined;
  ref?: ((element: T) => void) | { current: T | null | undefined } | null | undefined;
  /** Raw HTML; the element must have no children. */
  innerHTML?: Attribute<string | { toString(): string }>;
  class?: ClassValue | SignalLike<ClassValue>;
  /** Accepted for `class`. */
  className?: ClassValue | SignalLike<ClassValue>;
  style?: StyleValue | SignalLike<StyleValue>;
  id?: Text;
  lang?: Text;
  nonce?: Text;
  slot?: Text;
  tabindex?: Text;
  [data: `data-${string}`]: unknown;
}

/** Attributes of every HTML element. */
export interface HtmlAttributes<T> extends GlobalAttributes<T> {
  accesskey?: Text;
  autocapitalize?: Word<"off" | "none" | "on" | "sentences" | "words" | "characters">;
  autocorrect?: Word<"on" | "off">;
  autofocus?: Flag;
  contenteditable?: Worded<"" | "plaintext-only">;
  dir?: Word<"ltr" | "rtl" | "auto">;
  draggable?: Worded;
  enterkeyhint?: Word<"enter" | "done" | "go" | "next" | "previous" | "search" | "send">;
  exportparts?: Text;
  hidden?: Flag | "until-found" | "hidden";
  inert?: Flag;
  inputmode?: Word<"none" | "text" | "tel" | "url" | "email" | "numeric" | "decimal" | "search">;
  is?: Text;
  /** Styles stay unscoped. */
  "is:global"?: boolean;
  /** The script stays where it is. */
  "is:inline"?: boolean;
  itemid?: Text;
  itemprop?: Text;
  itemref?: Text;
  itemscope?: Flag;
  itemtype?: Text;
  part?: Text;
  popover?: Flag | "auto" | "manual" | "hint";
  prefix?: Text;
  property?: Text;
  spellcheck?: Worded<"">;
  title?: Text;
  translate?: Word<"yes" | "no">;
  typeof?: Text;
  vocab?: Text;
  writingsuggestions?: Worded;
}

type ReferrerPolicy =
  | "" | "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin"
  | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url";
type Target = "_self" | "_blank" | "_parent" | "_top";
type Loading = "eager" | "lazy";
type Priority = "high" | "low" | "auto";
type CrossOrigin = Attribute<"" | "anonymous" | "use-credentials" | true>;
type Url = Attribute<string | URL>;

interface Link<T> extends HtmlAttributes<T> {
  href?: Url;
  hreflang?: Text;
  referrerpolicy?: Word<ReferrerPolicy>;
  rel?: Text;
  target?: Word<Target>;
  download?: Attribute<string | true>;
  ping?: Text;
  type?: Text;
}

interface FormSending {
  formaction?: Url;
  formenctype?: Word<"application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain">;
  formmethod?: Word<"get" | "post" | "dialog">;
  formnovalidate?: Flag;
  formtarget?: Word<Target>;
}

interface Popping {
  command?: Text;
  commandfor?: Text;
  popovertarget?: Text;
  popovertargetaction?: Word<"hide" | "show" | "toggle">;
}

interface Media<T> extends HtmlAttributes<T> {
  autoplay?: Flag;
  controls?: Flag;
  controlslist?: Text;
  crossorigin?: CrossOrigin;
  disableremoteplayback?: Flag;
  loop?: Flag;
  muted?: Flag;
  preload?: Word<"none" | "metadata" | "auto" | "">;
  src?: Url;
}

interface Cell<T> extends HtmlAttributes<T> {
  colspan?: Text;
  headers?: Text;
  rowspan?: Text;
}

interface Sized {
  height?: Text;
  width?: Text;
}

interface OfElement {
  a: Link<HTMLAnchorElement>;
  area: Link<HTMLAreaElement> & { alt?: Text; coords?: Text; shape?: Word<"circle" | "default" | "poly" | "rect"> };
  audio: Media<HTMLAudioElement>;
  base: HtmlAttributes<HTMLBaseElement> & { href?: Url; target?: Word<Target> };
  blockquote: HtmlAttributes<HTMLQuoteElement> & { cite?: Url };
  button: HtmlAttributes<HTMLButtonElement> & FormSending & Popping & {
    disabled?: Flag; form?: Text; name?: Text; type?: Word<"button" | "reset" | "submit">; value?: Text;
  };
  canvas: HtmlAttributes<HTMLCanvasElement> & Sized;
  col: HtmlAttributes<HTMLTableColElement> & { span?: Text };
  colgroup: HtmlAttributes<HTMLTableColElement> & { span?: Text };
  data: HtmlAttributes<HTMLDataElement> & { value?: Text };
  del: HtmlAttributes<HTMLModElement> & { cite?: Url; datetime?: Text };
  details: HtmlAttributes<HTMLDetailsElement> & { name?: Text; open?: Flag };
  dialog: HtmlAttributes<HTMLDialogElement> & { closedby?: Word<"any" | "closerequest" | "none">; open?: Flag };
  embed: HtmlAttributes<HTMLEmbedElement> & Sized & { src?: Url; type?: Text };
  fieldset: HtmlAttributes<HTMLFieldSetElement> & { disabled?: Flag; form?: Text; name?: Text };
  form: HtmlAttributes<HTMLFormElement> & {
    "accept-charset"?: Text; action?: Url; autocomplete?: Word<"on" | "off">;
    enctype?: Word<"application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain">;
    method?: Word<"get" | "post" | "dialog" | "GET" | "POST">; name?: Text; novalidate?: Flag; rel?: Text; target?: Word<Target>;
  };
  html: HtmlAttributes<HTMLHtmlElement> & { manifest?: Url; xmlns?: Text };
  iframe: HtmlAttributes<HTMLIFrameElement> & Sized & {
    allow?: Text; allowfullscreen?: Flag; loading?: Word<Loading>; name?: Text; referrerpolicy?: Word<ReferrerPolicy>;
    sandbox?: Attribute<string | true>; src?: Url; srcdoc?: Attribute<string | { toString(): string }>;
  };
  img: HtmlAttributes<HTMLImageElement> & Sized & {
    alt?: Text; crossorigin?: CrossOrigin; decoding?: Word<"async" | "auto" | "sync">; fetchpriority?: Word<Priority>;
    ismap?: Flag; loading?: Word<Loading>; referrerpolicy?: Word<ReferrerPolicy>; sizes?: Text; src?: Url; srcset?: Text;
    usemap?: Text;
  };
  input: HtmlAttributes<HTMLInputElement> & FormSending & Popping & Sized & {
    accept?: Text; alt?: Text; autocomplete?: Text; capture?: Attribute<true | "user" | "environment">; checked?: Flag;
    dirname?: Text; disabled?: Flag; form?: Text; list?: Text; max?: Text; maxlength?: Text; min?: Text; minlength?: Text;
    multiple?: Flag; name?: Text; pattern?: Text; placeholder?: Text; readonly?: Flag; required?: Flag; size?: Text;
    src?: Url; step?: Text;
    type?: Word<
      | "button" | "checkbox" | "color" | "date" | "datetime-local" | "email" | "file" | "hidden" | "image" | "month"
      | "number" | "password" | "radio" | "range" | "reset" | "search" | "submit" | "tel" | "text" | "time" | "url" | "week"
    >;
    value?: Text;
  };
  ins: HtmlAttributes<HTMLModElement> & { cite?: Url; datetime?: Text };
  label: HtmlAttributes<HTMLLabelElement> & {
    for?: Text;
    /** Accepted for `for`. */
    htmlFor?: Text;
  };
  li: HtmlAttributes<HTMLLIElement> & { value?: Text };
  link: HtmlAttributes<HTMLLinkElement> & {
    as?: Text; blocking?: Text; color?: Text; crossorigin?: CrossOrigin; disabled?: Flag; fetchpriority?: Word<Priority>; href?: Url;
    hreflang?: Text; imagesizes?: Text; imagesrcset?: Text; integrity?: Text; media?: Text;
    referrerpolicy?: Word<ReferrerPolicy>; rel?: Text; sizes?: Text; type?: Text;
  };
  map: HtmlAttributes<HTMLMapElement> & { name?: Text };
  meta: HtmlAttributes<HTMLMetaElement> & {
    charset?: Text; content?: Text; "http-equiv"?: Text; media?: Text; name?: Text;
  };
  meter: HtmlAttributes<HTMLMeterElement> & { high?: Text; low?: Text; max?: Text; min?: Text; optimum?: Text; value?: Text };
  object: HtmlAttributes<HTMLObjectElement> & Sized & { data?: Url; form?: Text; name?: Text; type?: Text };
  ol: HtmlAttributes<HTMLOListElement> & { reversed?: Flag; start?: Text; type?: Word<"1" | "a" | "A" | "i" | "I"> };
  optgroup: HtmlAttributes<HTMLOptGroupElement> & { disabled?: Flag; label?: Text };
  option: HtmlAttributes<HTMLOptionElement> & { disabled?: Flag; label?: Text; selected?: Flag; value?: Text };
  output: HtmlAttributes<HTMLOutputElement> & { for?: Text; htmlFor?: Text; form?: Text; name?: Text };
  param: HtmlAttributes<HTMLElement> & { name?: Text; value?: Text };
  progress: HtmlAttributes<HTMLProgressElement> & { max?: Text; value?: Text };
  q: HtmlAttributes<HTMLQuoteElement> & { cite?: Url };
  script: HtmlAttributes<HTMLScriptElement> & {
    async?: Flag; blocking?: Text; crossorigin?: CrossOrigin; defer?: Flag; fetchpriority?: Word<Priority>; integrity?: Text;
    nomodule?: Flag; referrerpolicy?: Word<ReferrerPolicy>; src?: Url; type?: Text;
  };
  select: HtmlAttributes<HTMLSelectElement> & {
    autocomplete?: Text; disabled?: Flag; form?: Text; multiple?: Flag; name?: Text; required?: Flag; size?: Text;
  };
  slot: HtmlAttributes<HTMLSlotElement> & { name?: Text };
  source: HtmlAttributes<HTMLSourceElement> & Sized & { media?: Text; sizes?: Text; src?: Url; srcset?: Text; type?: Text };
  style: HtmlAttributes<HTMLStyleElement> & { blocking?: Text; media?: Text; type?: Text };
  td: Cell<HTMLTableCellElement>;
  template: HtmlAttributes<HTMLTemplateElement> & {
    shadowrootclonable?: Flag; shadowrootdelegatesfocus?: Flag; shadowrootmode?: Word<"open" | "closed">; shadowrootserializable?: Flag;
  };
  textarea: HtmlAttributes<HTMLTextAreaElement> & {
    autocomplete?: Text; cols?: Text; dirname?: Text; disabled?: Flag; form?: Text; maxlength?: Text; minlength?: Text;
    name?: Text; placeholder?: Text; readonly?: Flag; required?: Flag; rows?: Text; wrap?: Word<"hard" | "soft" | "off">;
  };
  th: Cell<HTMLTableCellElement> & { abbr?: Text; scope?: Word<"col" | "colgroup" | "row" | "rowgroup"> };
  time: HtmlAttributes<HTMLTimeElement> & { datetime?: Text };
  track: HtmlAttributes<HTMLTrackElement> & {
    default?: Flag; kind?: Word<"subtitles" | "captions" | "chapters" | "metadata">; label?: Text; src?: Url; srclang?: Text;
  };
  video: Media<HTMLVideoElement> & Sized & {
    disablepictureinpicture?: Flag; playsinline?: Flag; poster?: Url;
  };
}

/** The type of an element by its name. */
type ElementOf<Name extends string> = Name extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Name] : HTMLElement;

type Plain =
  | "abbr" | "address" | "article" | "aside" | "b" | "bdi" | "bdo" | "body" | "br" | "caption" | "cite" | "code"
  | "datalist" | "dd" | "dfn" | "div" | "dl" | "dt" | "em" | "figcaption" | "figure" | "footer" | "h1" | "h2" | "h3" | "h4"
  | "h5" | "h6" | "head" | "header" | "hgroup" | "hr" | "i" | "kbd" | "legend" | "main" | "mark" | "menu" | "nav"
  | "noscript" | "p" | "picture" | "pre" | "rp" | "rt" | "ruby" | "s" | "samp" | "search" | "section" | "small" | "span"
  | "strong" | "sub" | "summary" | "sup" | "table" | "tbody" | "tfoot" | "thead" | "title" | "tr" | "u" | "ul" | "var" | "wbr";

/** Every HTML element with its attributes. */
export type HtmlElements = {
  [Name in keyof OfElement]: OfElement[Name] & EventAttributes<ElementOf<Name>>;
} & {
  [Name in Plain]: HtmlAttributes<ElementOf<Name>> & EventAttributes<ElementOf<Name>>;
};
