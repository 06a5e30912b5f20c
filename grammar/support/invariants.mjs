// What has to hold between the tokens of a text and its outline, where the compiler finds nothing to say about its syntax.

const languages = { css: 'source.css', scss: 'source.css.scss', ts: 'source.ts', js: 'source.js', json: 'source.json' };

/** Whether a token has a scope, or one below it. */
export const has = (token, scope) => token.scopes.some((name) => name === scope || name.startsWith(`${scope}.`));
const hasAny = (token, scopes) => scopes.some((scope) => has(token, scope));

/** A token with the scopes alone that stand in the innermost `scope`. */
const innermost = (token, scope) => ({
  scopes: token.scopes.slice(token.scopes.findLastIndex((name) => name.startsWith(scope))),
});

/** For each kind of part: whether a token in it may be there. */
const inside = {
  text: (token, part) =>
    part.code
      ? has(token, 'meta.jsx.children') && !hasAny(innermost(token, 'meta.jsx.children'), ['string', 'comment'])
      : !hasAny(token, ['source', 'string', 'comment', 'meta.tag', 'meta.embedded']),
  comment: (token) => has(token, 'comment'),
  note: (token) => has(token, 'comment'),
  doctype: (token) => has(token, 'meta.tag.doctype'),
  name: (token) => hasAny(token, ['entity.name.tag', 'support.class.component', 'punctuation', 'meta.tag']),
  attribute: (token) =>
    hasAny(token, ['entity.other.attribute-name', 'keyword.control.directive', 'punctuation.separator.namespace']),
  quoted: (token) => hasAny(token, ['string.quoted', 'string.unquoted', 'meta.embedded.line']),
  value: (token) => has(token, 'source.tsx'),
  raw: (token, part) => {
    const language = languageOf(part.of);
    return language === undefined ? !has(token, 'source') || part.code : has(token, languages[language]);
  },
};

/** Parts whose first and last characters are their delimiters. */
const delimited = {
  hole: ['punctuation.section.embedded.begin', 'punctuation.section.embedded.end'],
  open: ['punctuation.definition.tag.begin', 'punctuation.definition.tag.end'],
  close: ['punctuation.definition.tag.begin', 'punctuation.definition.tag.end'],
};

/** What is wrong with the tokens of a text, a line for each. */
export function violations(text, { tokens, state }, outline) {
  const found = [];
  const say = (what, token) => {
    const line = text.slice(0, token.start).split('\n').length;
    const piece = JSON.stringify(text.slice(token.start, token.end).slice(0, 40));
    found.push(`line ${line}: ${what}: ${piece} is ${token.scopes.join(' ') || 'bare'}`);
  };
  const seen = tokens.filter((token) => text.slice(token.start, token.end).trim() !== '');
  const between = (start, end) => seen.filter((token) => token.start < end && token.end > start);

  for (const token of between(outline.server?.body.start ?? 0, outline.server?.body.end ?? 0)) {
    if (!has(token, 'source.ts')) say('the server block', token);
  }
  for (const part of outline.parts) {
    const own = between(part.start, part.end);
    for (const token of own) {
      if (inside[part.kind] && !inside[part.kind](token, part)) say(`${part.kind}${part.of ? ` ${part.of}` : ''}`, token);
    }
    const [begin, end] = delimited[part.kind] ?? [];
    if (begin && !has(own[0], begin)) say(`where a ${part.kind} begins`, own[0]);
    if (end && !has(own.at(-1), end)) say(`where a ${part.kind} ends`, own.at(-1));
  }
  const notes = outline.parts.filter((part) => part.kind === 'note');
  const raws = outline.parts.filter((part) => part.kind === 'raw');
  for (const token of seen.filter((token) => has(token, 'comment'))) {
    const lies = (part) => part.start <= token.start && part.end >= token.end;
    if (outline.server && token.end <= outline.server.open.start) continue;
    if (!notes.some(lies) && !raws.some(lies)) say('no comment', token);
  }
  const depth = outline.server ? 3 : text.slice(outline.template.start).trim() === '' ? 1 : 2;
  const rootAlone = !outline.server && outline.parts.every((part) => part.kind !== 'note') === false && state.depth === 1;
  if (state.depth !== depth && !rootAlone) found.push(`the file ends with ${state.depth} open rules, not with ${depth}`);
  return found;
}

/** The language of a raw element, by its name and attributes. */
function languageOf([name, ...attributes]) {
  const value = (wanted) => attributes.find((attribute) => attribute.startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  if (name === 'style') return value('lang') === 'scss' ? 'scss' : 'css';
  const type = value('type')?.trim().toLowerCase();
  if (['application/json', 'application/ld+json', 'importmap', 'speculationrules'].includes(type)) return 'json';
  if (value('lang') === 'ts' || attributes.length === 0) return 'ts';
  return type === undefined || type === '' || type === 'module' || type.endsWith('javascript') ? 'js' : undefined;
}
