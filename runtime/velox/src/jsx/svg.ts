// Attributes of SVG elements. Presentation attributes stand on every element, as SVG has it.

import type { EventAttributes } from "./events.js";
import type { GlobalAttributes } from "./html.js";
import type { Attribute, Text, Word } from "./values.js";

type Hyphenated =
  | "alignment-baseline" | "baseline-shift" | "clip-path" | "clip-rule" | "color-interpolation"
  | "color-interpolation-filters" | "dominant-baseline" | "fill-opacity" | "fill-rule" | "flood-color" | "flood-opacity"
  | "font-family" | "font-size" | "font-size-adjust" | "font-stretch" | "font-style" | "font-variant" | "font-weight"
  | "glyph-orientation-horizontal" | "glyph-orientation-vertical" | "image-rendering" | "letter-spacing"
  | "lighting-color" | "marker-end" | "marker-mid" | "marker-start" | "paint-order" | "pointer-events"
  | "shape-rendering" | "stop-color" | "stop-opacity" | "stroke-dasharray" | "stroke-dashoffset" | "stroke-linecap"
  | "stroke-linejoin" | "stroke-miterlimit" | "stroke-opacity" | "stroke-width" | "text-anchor" | "text-decoration"
  | "text-rendering" | "transform-origin" | "unicode-bidi" | "vector-effect" | "word-spacing" | "writing-mode"
  | "xlink:href" | "xlink:title" | "xml:lang" | "xml:space" | "xmlns:xlink";

type Named =
  | "accumulate" | "additive" | "amplitude" | "attributeName" | "azimuth" | "baseFrequency" | "begin" | "bias" | "by"
  | "calcMode" | "clip" | "clipPathUnits" | "color" | "crossorigin" | "cursor" | "cx" | "cy" | "d" | "decoding"
  | "diffuseConstant" | "direction" | "display" | "divisor" | "download" | "dur" | "dx" | "dy" | "edgeMode" | "elevation"
  | "end" | "exponent" | "fetchpriority" | "fill" | "filter" | "filterUnits" | "font" | "fr" | "from" | "fx" | "fy"
  | "gradientTransform" | "gradientUnits" | "height" | "hreflang" | "in" | "in2" | "intercept" | "k1" | "k2" | "k3" | "k4"
  | "kernelMatrix" | "kernelUnitLength" | "keyPoints" | "keySplines" | "keyTimes" | "lengthAdjust"
  | "limitingConeAngle" | "markerHeight" | "markerUnits" | "markerWidth" | "mask" | "maskContentUnits" | "maskUnits"
  | "max" | "media" | "method" | "min" | "mode" | "name" | "numOctaves" | "offset" | "opacity" | "operator" | "order"
  | "orient" | "origin" | "overflow" | "path" | "pathLength" | "patternContentUnits" | "patternTransform"
  | "patternUnits" | "ping" | "points" | "pointsAtX" | "pointsAtY" | "pointsAtZ" | "preserveAlpha"
  | "preserveAspectRatio" | "primitiveUnits" | "r" | "radius" | "refX" | "refY" | "rel" | "repeatCount" | "repeatDur"
  | "requiredExtensions" | "restart" | "result" | "rotate" | "rx" | "ry" | "scale" | "seed" | "side" | "spacing"
  | "specularConstant" | "specularExponent" | "spreadMethod" | "startOffset" | "stdDeviation" | "stitchTiles" | "stroke"
  | "surfaceScale" | "systemLanguage" | "tableValues" | "target" | "targetX" | "targetY" | "textLength" | "to"
  | "transform" | "type" | "values" | "version" | "viewBox" | "visibility" | "width" | "x" | "x1" | "x2" | "xChannelSelector"
  | "xmlns" | "y" | "y1" | "y2" | "yChannelSelector" | "z" | "zoomAndPan";

/** Attributes of every SVG element. */
export type SvgAttributes<T> = GlobalAttributes<T> & {
  [Name in Hyphenated | Named]?: Text;
} & {
  href?: Attribute<string | URL>;
  autofocus?: Attribute<boolean>;
  focusable?: Word<"true" | "false" | "auto">;
  preserveAspectRatio?: Text;
};

// In both languages these names are HTML's; inside of an `<svg>` they are checked as such.
type Shared = "a" | "script" | "style" | "title";

/** Every SVG element with its attributes. */
export type SvgElements = {
  [Name in Exclude<keyof SVGElementTagNameMap, Shared>]: SvgAttributes<SVGElementTagNameMap[Name]> &
    EventAttributes<SVGElementTagNameMap[Name]>;
};
