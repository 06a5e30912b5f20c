// Style sheets as documents of their own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyStyle, type Style } from '../src/embedded.ts';

/** The document of the style sheet between « and ». */
function check(marked: string, kind: Style['kind']): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  const found = onlyStyle(text, { language: 'css', kind, start, end });
  assert.equal(found.length, text.length);
  assert.equal(found.split('\n').length, text.split('\n').length);
  assert.equal(found.slice(start, end), text.slice(start, end));
  return found;
}

test('all but the style sheet is blank, line by line', () => {
  assert.equal(check('<p>😀</p>\r\n<style>«a { }»</style>\n', 'rules'), '         \r\n       a { }        \n');
  assert.equal(check('<style>«»</style>', 'rules'), '               ');
  assert.equal(check('<style>«a {»', 'rules').trim(), 'a {');
});

test('declarations of an attribute stand in a rule', () => {
  assert.equal(check('<p style="«color: red»">a</p>', 'declarations'), '        *{color: red}      ');
  assert.equal(check("<p style = '«»'>", 'declarations').trim(), '*{}');
});
