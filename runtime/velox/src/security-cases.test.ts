// The security checklist as a whole: each of its 60 cases by number, with the file that tests it, or why there is
// nothing to test. A case that loses its test fails here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const PATHS = "security.test.js";
const DATA = "security-data.test.js";
const CACHE = "security-cache.test.js";
const PREVIEW = "server/preview.test.js";
const VNODES = "render/vnodes.test.js";
const SERIALIZE = "security-serialize.test.js";
const ISLANDS = "security-islands.test.js";
/** In a browser. */
const BROWSER = "../../../tests/e2e/islands.test.mjs";
const STREAMS = "render/streaming.test.js";

/** Number, what is expected, and the file of its test; or why there is none, after `none:`. */
const CASES: readonly (readonly [number: number, expected: string, held: string])[] = [
  [1, "an escaped letter in a guarded path meets the guard", PATHS],
  [2, "a path that is escaped twice is text", PATHS],
  [3, "nothing is decoded in a loop", PATHS],
  [4, "guard and router have one rule about case", PATHS],
  [5, "an escaped slash is refused", PATHS],
  [6, "data of a guarded page goes through the guard", CACHE],
  [7, "parts of a guarded page go through the guard", CACHE],
  [8, "broken escapes give 400", PATHS],
  [9, "nothing outside of the root is read", PATHS],
  [10, "__proto__ is text", PATHS],
  [11, "no redirect of the trailing slash leads off the site", PATHS],
  [12, "redirect() of foreign input", PATHS],
  [13, "internal headers from outside are gone", PATHS],
  [14, "no header and no query says which route is meant", PATHS],
  [15, "headers of a build have no effect at run time", PATHS],
  [16, "no header is reflected as a nonce", PATHS],
  [17, "an upgrade leads to no connection", PATHS],
  [18, "a foreign Host is refused", PATHS],
  [19, "a foreign Host and an error page make no request", PATHS],
  [20, "a malformed forwarded host is refused", PATHS],
  [21, "a route that fetches itself ends with an error", PATHS],
  [22, "no prefix of a path is taken for something else", PATHS],
  [23, "a redirect whose host comes from a param (there are no rewrites)", PATHS],
  [24, "images of other hosts are fetched for nobody", PATHS],
  [25, "credentials are gone at the second hop", PATHS],
  [26, "no failed answer takes the place of a page", CACHE],
  [27, "a cookie that is read reaches nothing that is kept", CACHE],
  [28, "what varies by visitor is not kept", CACHE],
  [29, "posts with different bodies are different data", CACHE],
  [30, "pages that are asked for at once are never swapped", CACHE],
  [31, "a guard's redirect is kept by nobody", PATHS],
  [32, "a malformed condition is no error", PATHS],
  [33, "a missing hashed file is not immutable", PATHS],
  [34, "random queries are one entry", CACHE],
  [35, "random params are bounded", CACHE],
  [36, "many requests for an old page are one rendering; all pages are made again", CACHE],
  [37, "data that is down is asked for once a step", CACHE],
  [38, "visitors are not gathered into one request", CACHE],
  [39, "a cache in front is told", CACHE],
  [40, "a build reads no page of another", CACHE],
  [41, "data in a JSON block ends no block", DATA],
  [42, "names of slots and markers from user data", ISLANDS],
  [43, "the name of a search param is escaped", DATA],
  [44, "JSON that looks like an element is text", DATA],
  [45, "a spread of handlers is dropped", DATA],
  [46, "text is escaped once", DATA],
  [47, "lengths in encoded props", SERIALIZE],
  [48, "__proto__ keys change no prototype", DATA],
  [49, "what is signed for one thing is good for no other: the cookie of a preview, all that is signed", PREVIEW],
  [50, "names in user HTML and the loader", BROWSER],
  [51, "bodies past the limit", DATA],
  [52, "a header named __proto__", DATA],
  [53, "long headers", DATA],
  [54, "clients that stall", STREAMS],
  [55, "clients that leave", DATA],
  [56, "renders that throw hold nothing", VNODES],
  [57, "components that are given up hold nothing", VNODES],
  [58, "form posts of other sites", DATA],
  [59, "source maps and sources", DATA],
  [60, "secrets in the browser's code", BROWSER],
];

test("each of the 60 cases has its test, or a reason", () => {
  assert.deepEqual(CASES.map(([number]) => number), Array.from({ length: 60 }, (_, i) => i + 1));
  const titles = new Map<string, Set<number>>();
  for (const file of [PATHS, DATA, CACHE, PREVIEW, VNODES, SERIALIZE, ISLANDS, BROWSER, STREAMS]) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    const numbers = [...text.matchAll(/^ *test\(["'][^"']*?case ((?:\d+ ?)+)/gm)].flatMap(([, list]) => list!.trim().split(" ").map(Number));
    titles.set(file, new Set(numbers));
  }
  for (const [number, expected, held] of CASES) {
    if (held.startsWith("none: ")) continue;
    assert.ok(titles.get(held)?.has(number), `case ${number} (${expected}) has no test in ${held}`);
  }
});
