// Holds that what was measured is right: every module of a folder parses, and every mapping lies inside its source.
//   node --experimental-vm-modules validate.mjs DIR
// Prints the numbers as JSON; ends with 1 at the first module that is wrong.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SourceTextModule } from "node:vm";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of a segment of mappings. */
function numbers(segment) {
  const found = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) throw new Error(`${character} is no digit of a mapping`);
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value % 2 ? -(value - 1) / 2 : value / 2);
    [value, shift] = [0, 0];
  }
  return found;
}

/** Counts a map's mappings; throws at one that leads out of a text, or that leads an identifier to another one. */
function check(map, code) {
  const source = map.sourcesContent[0].split("\n");
  const output = code.split("\n");
  const word = /[\w$]+/y;
  const wordAt = (text, at) => {
    word.lastIndex = at;
    return word.exec(text)?.[0];
  };
  let [line, column, count] = [0, 0, 0];
  map.mappings.split(";").forEach((segments, row) => {
    let here = 0;
    for (const segment of segments.split(",").filter(Boolean)) {
      const [move, , lines, columns] = numbers(segment);
      here += move;
      line += lines;
      column += columns;
      count++;
      if (here > output[row].length) throw new Error(`${row}:${here} is outside of the code`);
      if (!(column <= source[line]?.length)) throw new Error(`${line}:${column} is outside of the source`);
      const [from, to] = [wordAt(source[line], column), wordAt(output[row], here)];
      // Words that the emitter itself writes begin with its prefix, or are keywords of the module around the page.
      if (from && to && from !== to && !to.startsWith("$$") && !["export", "import", "return"].includes(to)) {
        throw new Error(`\`${to}\` at ${row}:${here} is led to \`${from}\` at ${line}:${column}`);
      }
    }
  });
  return count;
}

let [modules, mappings] = [0, 0];
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.name.endsWith(".js")) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const code = readFileSync(path, "utf8");
  try {
    new SourceTextModule(code, { identifier: path });
    const found = check(JSON.parse(readFileSync(path + ".map", "utf8")), code);
    if (found === 0) throw new Error("no mappings");
    mappings += found;
    modules++;
  } catch (error) {
    console.error(`${path}: ${error.stack ?? error}`);
    process.exit(1);
  }
}
if (modules === 0) throw new Error("nothing to validate");
console.log(JSON.stringify({ modules, mappings }));
