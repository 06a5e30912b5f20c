// What a content security policy says of the framework's inline scripts, and what these may be.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { app, client, page } from "../testing/app.js";
import { contentSecurityPolicy, CONTENTS_STYLE, INLINE_SCRIPTS, scriptHash, streamScript } from "./inline-scripts.js";

const nonced = (policy: true | string): string => contentSecurityPolicy(policy, "N");
const STYLE = "'unsafe-hashes' 'sha256-" + createHash("sha256").update(CONTENTS_STYLE).digest("base64") + "'";

test("a policy lets the framework's scripts through, by the nonce or by their hashes", () => {
  const hashes = INLINE_SCRIPTS.map(scriptHash).join(" ");
  assert.equal(nonced(true), "script-src 'self' 'nonce-N'; object-src 'none'; base-uri 'self'");
  assert.equal(contentSecurityPolicy("script-src 'strict-dynamic'", null), `script-src 'strict-dynamic' ${hashes}`);
  assert.equal(nonced("img-src *"), "img-src *");
  assert.equal(nonced("script-src 'none'; script-src-elem x.example"), "script-src 'nonce-N'; script-src-elem x.example 'nonce-N'");
});

test("a policy that limits styles lets the one through that islands stand in", () => {
  assert.equal(nonced("style-src 'self'"), `style-src 'self' ${STYLE}`);
  assert.equal(nonced("Style-Src-Attr 'none'"), `Style-Src-Attr ${STYLE}`);
  assert.equal(nonced("default-src 'self'"), `default-src 'self'; script-src 'self' 'nonce-N'; style-src 'self' ${STYLE}`);
});

test("what `'unsafe-inline'` allows stays allowed", () => {
  assert.equal(nonced("default-src 'self' 'unsafe-inline'"), "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'");
  assert.equal(nonced("style-src 'unsafe-inline' *"), "style-src 'unsafe-inline' *");
  // Browsers that know the rest of it take no notice of the word.
  assert.equal(nonced("script-src 'strict-dynamic' 'unsafe-inline' https:"), "script-src 'strict-dynamic' 'unsafe-inline' https: 'nonce-N'");
});

test("a page for everybody is covered by the hashes of the framework's scripts", async () => {
  const pages = { find: () => ({ route: "index", tags: [], revalidate: false as const, renderStart: 0, status: 200, headers: [], read: async () => ({ body: Buffer.from("x"), etag: '"x"' }) }) };
  const { get } = client(app([page("/", () => "x", { mode: "ssg" })], { csp: "script-src 'none'" }), { pages: pages as never });
  const hashes = INLINE_SCRIPTS.map(scriptHash).join(" ");
  assert.equal((await get("/")).headers.get("content-security-policy"), `script-src ${hashes}`);
});

test("the script is constant, small, and no part of it can end it", () => {
  assert.ok(streamScript.source.length <= 600, String(streamScript.source.length));
  assert.doesNotMatch(streamScript.source, /<\/|<!--/);
  new Function(streamScript.source);
  assert.match(scriptHash(streamScript), /^'sha256-[A-Za-z0-9+/]{43}='$/);
});
