// `.velox` code in Markdown, and Markdown behind it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { has } from '../support/invariants.mjs';
import { tokenize } from '../support/tokenizer.mjs';

const scopesAt = (text, piece) => {
  const at = text.indexOf(piece);
  return tokenize(text, 'text.html.markdown').tokens.find((token) => token.start <= at && token.end > at);
};

const code = "---\nconst broken = `it's ${a\n---\n<p class=\"a\">it's {shown}</p>\n<style>p { color: red; /* it's\n";

for (const [what, text] of Object.entries({
  'a fence': `# Title\n\n\`\`\`velox\n${code}\`\`\`\n\n**behind**\n`,
  'a fence of tildes, with attributes': `~~~velox title="a.velox"\n${code}~~~\n\n**behind**\n`,
  'a fence in a list': `- item\n\n  \`\`\`velox\n${code.replace(/^/gm, '  ').trimEnd()}\n  \`\`\`\n\n**behind**\n`,
})) {
  test(what, () => {
    assert.ok(has(scopesAt(text, 'broken'), 'meta.embedded.block.typescript'));
    assert.ok(has(scopesAt(text, 'class'), 'entity.other.attribute-name.velox'));
    assert.ok(has(scopesAt(text, 'shown'), 'source.tsx'));
    assert.ok(has(scopesAt(text, 'color'), 'source.css'));
    const behind = scopesAt(text, 'behind');
    assert.ok(has(behind, 'markup.bold') && !has(behind, 'meta.embedded'), behind.scopes.join(' '));
  });
}

test('a block of another language stays what it is', () => {
  const text = '```ts\nconst a = 1;\n```\n\n```veloxide\n<p>{a}</p>\n```\n';
  assert.ok(has(scopesAt(text, 'const'), 'meta.embedded.block.typescript'));
  assert.ok(!has(scopesAt(text, '<p>'), 'meta.embedded.block.velox'));
});
