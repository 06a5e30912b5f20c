// Makes the grammars that editors read of the YAML in `source/`: `node build.mjs` writes them into `editors/vscode/syntaxes/`.
//
// Each file gives a part of `repository` and `injections`. In strings `{{name}}` is a variable; a rule with `template` is a copy
// of that template with the rule's other keys put into it. Refuses what is defined twice, missing or not used.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'source');

/** Where the grammars are written, for the extension to carry them. */
export const output = join(here, '../editors/vscode/syntaxes');

/** The grammars, by the names of their files. */
export function grammars() {
  const { 'markdown.yaml': markdown, ...parts } = Object.fromEntries(
    readdirSync(source).sort().map((file) => [file, parse(readFileSync(join(source, file), 'utf8'))]),
  );
  return {
    'velox.tmLanguage.json': grammar(Object.values(parts)),
    'velox.markdown.tmLanguage.json': grammar([markdown]),
  };
}

/** A grammar as the text of its file. */
export function printed(grammar) {
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

function grammar(parts) {
  const whole = {};
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    whole[key] = typeof value === 'object' && !Array.isArray(value) ? merged(key, whole[key], value) : value;
  }
  const { variables = {}, templates = {}, repository = {}, injections, ...rest } = whole;
  const used = new Set();
  const expand = (value, values, depth = 0) => {
    if (depth > 100) throw new Error(`a variable or template stands in itself: ${JSON.stringify(value)}`);
    if (typeof value === 'string') {
      const name = /^\{\{(\w+)\}\}$/.exec(value)?.[1];
      if (name !== undefined && typeof values[name] === 'object') {
        used.add(name);
        return expand(values[name], values, depth + 1);
      }
      const text = value.replace(/\{\{(\w+)\}\}/g, (_, name) => {
        if (typeof values[name] !== 'string') throw new Error(`there is no variable \`${name}\`: ${value}`);
        used.add(name);
        return values[name];
      });
      return text === value ? text : expand(text, values, depth + 1);
    }
    if (Array.isArray(value)) return value.map((item) => expand(item, values, depth + 1));
    if (value === null || typeof value !== 'object') return value;
    if (typeof value.template === 'string') {
      const { template, ...given } = value;
      if (templates[template] === undefined) throw new Error(`there is no template \`${template}\``);
      used.add(template);
      return expand(templates[template], { ...values, ...given }, depth + 1);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, values, depth + 1)]));
  };
  const text = (key, values) => expand(key, values);
  const made = {
    ...rest,
    patterns: expand(rest.patterns, variables),
    repository: expand(repository, variables),
  };
  if (injections !== undefined) {
    made.injections = Object.fromEntries(
      Object.entries(injections).map(([selector, rule]) => [text(selector, variables), expand(rule, variables)]),
    );
  }
  for (const name of [...Object.keys(variables), ...Object.keys(templates)]) {
    if (!used.has(name)) throw new Error(`\`${name}\` is not used`);
  }
  check(made);
  return made;
}

function merged(key, one = {}, other) {
  for (const name of Object.keys(other)) {
    if (name in one) throw new Error(`${key}: \`${name}\` is defined twice`);
  }
  return { ...one, ...other };
}

/** Rules are there that are included, and included that are there. */
function check(grammar) {
  const included = new Set();
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.include === 'string' && value.include.startsWith('#')) included.add(value.include.slice(1));
    Object.values(value).forEach(walk);
  };
  walk(grammar);
  for (const name of included) {
    if (!(name in grammar.repository)) throw new Error(`there is no rule \`${name}\``);
  }
  for (const name of Object.keys(grammar.repository)) {
    if (!included.has(name)) throw new Error(`the rule \`${name}\` is included nowhere`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(output, { recursive: true });
  for (const [file, grammar] of Object.entries(grammars())) {
    writeFileSync(join(output, file), printed(grammar));
  }
}
