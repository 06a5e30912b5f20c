// The framework's inline scripts, and what a content security policy has to say of them. Each is constant, so that one
// hash fits every page: no id, no data and no name is ever printed into a script. In `ssr` a script carries the
// response's nonce where a policy asks for one; pages for everybody are covered by hashes.

import { createHash } from "node:crypto";
import { LOADER } from "../islands/loader-text.js";
import { LATE_HEAD } from "./late-head-text.js";
import { STREAM_SCRIPT } from "./stream-script.js";

/** A constant inline script. */
export interface InlineScript {
  readonly name: string;
  readonly source: string;
}

/** Puts streamed content in its place. */
export const streamScript: InlineScript = { name: "stream", source: STREAM_SCRIPT };

/** Brings islands to life. */
export const islandScript: InlineScript = { name: "islands", source: LOADER };

/** Puts what late content says of the head there. */
export const lateHeadScript: InlineScript = { name: "late-head", source: LATE_HEAD };

/** Every inline script that the framework may write; a policy of hashes names all of them. */
export const INLINE_SCRIPTS: InlineScript[] = [streamScript, islandScript, lateHeadScript];

/** The element of a script; `nonce` is the response's, or null. */
export function inlineScript(script: InlineScript, nonce: string | null): string {
  return "<script" + nonceAttribute(nonce) + ">" + script.source + "</script>";
}

/** ` nonce="..."` for an element that the framework writes; nothing without a nonce. */
export function nonceAttribute(nonce: string | null): string {
  return nonce === null ? "" : ' nonce="' + nonce + '"';
}

/** The `style` attribute of the elements that islands and their content stand in, which must not make boxes of their own. */
export const CONTENTS_STYLE = "display:contents";

const hashes = new Map<string, string>();

/** The source expression of a script for `script-src`: `'sha256-...'`. */
export function scriptHash(script: InlineScript): string {
  return hashOf(script.source);
}

function hashOf(source: string): string {
  let hash = hashes.get(source);
  if (hash === undefined) {
    hash = "'sha256-" + createHash("sha256").update(source).digest("base64") + "'";
    hashes.set(source, hash);
  }
  return hash;
}

const STRICT = "script-src 'self'; object-src 'none'; base-uri 'self'";
// Where none of these stands, scripts are not limited; nor are attributes for styles.
const SCRIPTS = ["script-src", "script-src-elem"];
const STYLES = ["style-src", "style-src-attr"];

/**
 * The value of `Content-Security-Policy`: what the configuration says (true: a strict policy), with the framework's
 * scripts let through, by the nonce of the response or by their hashes where `nonce` is null, and its one style.
 */
export function contentSecurityPolicy(policy: true | string, nonce: string | null): string {
  const allowed = nonce === null ? INLINE_SCRIPTS.map(scriptHash).join(" ") : `'nonce-${nonce}'`;
  const directives = (policy === true ? STRICT : policy)
    .split(";")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "");
  // Attributes have no nonce.
  return completed(completed(directives, SCRIPTS, allowed), STYLES, "'unsafe-hashes' " + hashOf(CONTENTS_STYLE)).join("; ");
}

// The directives of a policy with a source added to those of `names`, the first of which is made where there is none but a default.
function completed(directives: readonly string[], names: readonly string[], source: string): readonly string[] {
  const named = (name: string): string | undefined =>
    directives.find((directive) => directive.split(/\s+/, 1)[0]!.toLowerCase() === name);
  const found = names.map(named).filter((directive) => directive !== undefined);
  if (found.length > 0) return directives.map((one) => (found.includes(one) ? withSource(one, source) : one));
  const rest = named("default-src");
  if (rest === undefined) return directives;
  return [...directives, withSource(names[0] + rest.slice("default-src".length), source)];
}

// `'none'` must stand alone; a hash or a nonce would take back what `'unsafe-inline'` allows.
function withSource(directive: string, source: string): string {
  if (/\s'unsafe-inline'/i.test(directive) && !/\s'(?:nonce-|sha\d+-|strict-dynamic')/i.test(directive)) return directive;
  return directive.replace(/\s+'none'\s*$/i, "") + " " + source;
}
