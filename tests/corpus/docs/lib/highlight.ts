import { createHighlighter, type Highlighter } from 'shiki';

let shared: Promise<Highlighter> | undefined;

/** HTML of a piece of code. The highlighter is made once. */
export async function highlight(code: string, lang: 'ts' | 'rust' | 'sh' | 'html' = 'ts'): Promise<string> {
  shared ??= createHighlighter({ langs: ['ts', 'rust', 'sh', 'html'], themes: ['github-light'] });
  return (await shared).codeToHtml(code, { lang, theme: 'github-light' });
}

/** Strips what all lines are indented by. */
export function dedent(strings: TemplateStringsArray, ...values: unknown[]): string {
  const text = String.raw({ raw: strings.raw }, ...values).replace(/^\n|\n\s*$/g, '');
  const indent = Math.min(...text.split('\n').filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return text.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), '');
}
