// The tables of docs/cache.md: each rule of the cache has a row, and each test that a row names is there. A test that is renamed or
// removed without the table fails here.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const REPOSITORY = new URL("../../../", import.meta.url);
const SOURCES = new URL("runtime/velox/src/", REPOSITORY);

const RULES = [["ISR", 1, 18], ["INV", 1, 8], ["FET", 1, 7], ["SSR", 6, 9], ["SSG", 3, 3]] as const;
const NUMBERED = 37;

/** The cells of all rows that begin with this. */
function rowsOf(beginning: RegExp): string[][] {
  const text = readFileSync(new URL("docs/cache.md", REPOSITORY), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("| ") && line.endsWith(" |"));
  return rows.map((line) => line.slice(2, -2).split(" | ")).filter(([first]) => beginning.test(first!));
}

/** `1 to 3, 7` as numbers. */
function numbersOf(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [from, to] = part.split(" to ").map(Number) as [number, number | undefined];
    return Array.from({ length: (to ?? from) - from + 1 }, (_, i) => from + i);
  });
}

/** What the titles of a file's tests begin with: `ISR-3`, `case 37`, `16`. */
function namesIn(file: string): Set<string> {
  const names = new Set<string>();
  for (const [, title] of readFileSync(new URL(file, SOURCES), "utf8").matchAll(/^\s*(?:test|it)\(["'`]([^\n]+)/gm)) {
    for (const [id] of title!.matchAll(/\b[A-Z]{3}-\d+\b/g)) names.add(id);
    for (const [, numbers] of title!.matchAll(/\bcase((?: \d+)+)/g)) for (const number of numbers!.trim().split(" ")) names.add(`case ${number}`);
    for (const number of /^(?:\d+ )+/.exec(title!)?.[0].trim().split(" ") ?? []) names.add(number);
  }
  return names;
}

/** Fails where a place of a row does not hold what the row says; `otherwise` is what is looked for where the place says nothing. */
function assertHeld(held: string, otherwise: readonly string[]): void {
  for (const place of held.split("; ")) {
    const [, file, rest] = /^`([^`]+)`(?: (.+))?$/.exec(place) ?? [];
    assert.ok(file !== undefined, `${place} is no place`);
    if (file.startsWith("tests/")) {
      assert.ok(existsSync(new URL(file, REPOSITORY)), `${file} is not there`);
      continue;
    }
    const cases = /^cases? (.+)$/.exec(rest ?? "")?.[1];
    const wanted = rest === undefined ? otherwise : cases !== undefined ? numbersOf(cases).map((number) => `case ${number}`) : /^\d/.test(rest) ? numbersOf(rest).map(String) : rest.split(", ");
    const found = namesIn(file);
    for (const name of wanted) assert.ok(found.has(name), `no test of ${file} is called ${name}`);
  }
}

test("each rule of the cache has a row, and the tests that it names", () => {
  const rows = new Map(rowsOf(/^[A-Z]{3}-\d+$/).map(([rule, , held]) => [rule!, held!]));
  assert.deepEqual([...rows.keys()], RULES.flatMap(([kind, from, to]) => Array.from({ length: to - from + 1 }, (_, i) => `${kind}-${from + i}`)));
  for (const [rule, held] of rows) assertHeld(held, [rule]);
});

test("each numbered test of the stores is where the table says", () => {
  const rows = rowsOf(/^\d+(?:,| |$)/);
  const all = rows.flatMap(([numbers]) => numbersOf(numbers!));
  assert.deepEqual(all.sort((a, b) => a - b), Array.from({ length: NUMBERED }, (_, i) => i + 1));
  for (const [numbers, , held] of rows) assertHeld(held!, numbersOf(numbers!).map(String));
});

test("the common suite is run over each store", () => {
  for (const file of ["cache/memory.test.ts", "cache/files/files.test.ts", "cache/redis/redis.test.ts"]) assert.match(readFileSync(new URL(file, SOURCES), "utf8"), /^storeSuite\("(?:memory|files|redis)"/m, file);
});
