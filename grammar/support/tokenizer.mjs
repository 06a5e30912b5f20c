// Tokenizes with what VS Code tokenizes with, and with the grammars that it has for the languages in a `.velox` file.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { grammars } from '../build.mjs';

const require = createRequire(import.meta.url);
const embedded = ['typescript', 'tsx', 'javascript', 'css', 'scss', 'json', 'html', 'markdown'];

await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));

const raw = new Map();
for (const name of embedded) {
  const grammar = JSON.parse(readFileSync(require.resolve(`tm-grammars/grammars/${name}.json`), 'utf8'));
  raw.set(grammar.scopeName, grammar);
}
for (const grammar of Object.values(grammars())) raw.set(grammar.scopeName, grammar);

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => raw.get(scope) ?? null,
  getInjections: (scope) => (scope === 'text.html.markdown' ? ['markdown.velox.codeblock'] : []),
});

const loaded = new Map();
for (const scope of ['text.html.velox', 'text.html.markdown']) loaded.set(scope, await registry.loadGrammar(scope));

/**
 * The tokens of a text: `{ start, end, scopes, line }`, offsets in UTF-16 units of the whole text, `scopes` without the root's.
 * With them the state behind the last line, and how often a line took longer than the tokenizer may take.
 */
export function tokenize(text, scope = 'text.html.velox') {
  const grammar = loaded.get(scope);
  const tokens = [];
  let state = textmate.INITIAL;
  let stopped = 0;
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    const result = grammar.tokenizeLine(content, state, 10_000);
    if (result.stoppedEarly) stopped += 1;
    for (const token of result.tokens) {
      const [start, end] = [token.startIndex, Math.min(token.endIndex, content.length)];
      if (start < end) tokens.push({ start: offset + start, end: offset + end, line: index, scopes: token.scopes.slice(1) });
    }
    state = result.ruleStack;
    offset += line.length + 1;
  }
  return { tokens, state, stopped };
}

/** What the two scopes are called that most tokens of a language share. */
const short = [
  ['meta.embedded.expression.velox source.tsx', '{tsx}'],
  ['meta.embedded.expression.tsx', '{}'],
  ['meta.embedded.block.typescript source.ts', '[ts]'],
  ['meta.embedded.block.javascript source.js', '[js]'],
  ['meta.embedded.block.css source.css', '[css]'],
  ['meta.embedded.block.scss source.css.scss', '[scss]'],
  ['meta.embedded.block.json source.json', '[json]'],
];

/** A text with the scopes below each line, for people to read: a line for each run of characters with the same scopes. */
export function shown(text) {
  const { tokens } = tokenize(text);
  const out = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    out.push(`> ${line}`);
    for (const token of tokens.filter((token) => token.line === index)) {
      const piece = text.slice(token.start, token.end).trim();
      if (piece === '') continue;
      const scopes = short.reduce((names, [long, name]) => names.replaceAll(long, name), token.scopes.join(' ') || '-');
      out.push(`    ${piece}  ${scopes}`);
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}
