// Names of the elements that HTML and SVG define. Refuses nothing by itself: `render/element.ts` does.

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Elements without content and end tag. */
export const VOID_NAMES: ReadonlySet<string> = words(
  "area base br col embed hr img input link meta param source track wbr",
);

/** Elements of HTML. */
export const HTML_NAMES: ReadonlySet<string> = words(
  "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col " +
    "colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 " +
    "h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta " +
    "meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search " +
    "section select slot small source span strong style sub summary sup table tbody td template textarea tfoot th thead " +
    "time title tr track u ul var video wbr",
);

/** Elements of SVG and MathML's root. */
export const SVG_NAMES: ReadonlySet<string> = words(
  "svg animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix " +
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow " +
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset " +
    "fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient " +
    "marker mask metadata mpath path pattern polygon polyline radialGradient rect set stop switch symbol text textPath " +
    "tspan use view math",
);

/** Attributes that are set by being there, whatever their value. */
export const BOOLEAN_NAMES: ReadonlySet<string> = words(
  "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap " +
    "itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected",
);
