// A boundary's content on its way into a page that has left already (runtime.md section 5): a template, since its content is
// inert until it stands in its place and may begin with any element, and a comment that tells that it is complete. What belongs
// into an `<svg>` or `<math>` comes in one, so that the parser makes the right elements of it.

import { HTML_NAMES, SVG_NAMES } from "../shared/elements.js";
import type { Render } from "./render.js";
import type { Boundary } from "./suspense.js";

/** The HTML of a chunk. Boundaries in it that are still pending are written with their fallbacks. */
export function chunkOf(render: Render, boundary: Boundary): string {
  const { id, digest } = boundary;
  const named = ' data-v="' + id + '"' + (digest === null ? "" : ' data-e="' + digest + '"') + ">";
  const end = "<!--" + id + ".-->";
  const assembled = boundary.state === "done" ? render.assemble(boundary.html, boundary.path) : null;
  let content = assembled === null ? "" : assembled.pieces.join("");
  const head = assembled === null ? "" : render.lateHead(assembled.heads);
  const script = head === "" ? "" : render.lateHeadScript();
  const wrapper = content === "" ? null : wrapperOf(boundary, content);
  if (wrapper !== null) {
    // What the framework adds is HTML, and stands beside.
    const parts = render.flushBody(id);
    return head + script + parts + "<" + wrapper + ' width="0" height="0"' + named + content + "</" + wrapper + ">" + end;
  }
  // With an error, an empty template says that the fallback stays.
  if (content === "" && digest !== null && boundary.state === "done") content = "<!---->";
  return script + "<template" + named + content + head + render.flushBody(id) + "</template>" + end;
}

const FIRST_TAG = /^\s*(?:<!--[^]*?-->\s*)*<([A-Za-z][^\s/>]*)/;

// What the parser must see around the content so that it makes elements of the right kind: known where the boundary
// stands inside of an `<svg>` of its own file, else by the first element.
function wrapperOf(boundary: Boundary, content: string): "svg" | "math" | null {
  const { place } = boundary.options;
  if (place === "svg" || place === "math") return place;
  const name = FIRST_TAG.exec(content)?.[1];
  if (name === undefined || name === "svg" || name === "math") return null;
  return SVG_NAMES.has(name) && !HTML_NAMES.has(name) ? "svg" : null;
}
