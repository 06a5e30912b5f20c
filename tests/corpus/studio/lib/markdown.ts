import { marked } from 'marked';
import sanitize from 'sanitize-html';

export const render = async (source: string): Promise<string> => sanitize(await marked.parse(source));

export interface Heading { depth: 1 | 2 | 3 | 4 | 5 | 6; text: string; id: string }

export function headings(source: string): Heading[] {
  const found: Heading[] = [];
  for (const [, marks, text] of source.matchAll(/^(#{1,6})\s+(.+)$/gm)) {
    found.push({
      depth: marks!.length as Heading['depth'],
      text: text!,
      id: text!.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
    });
  }
  return found;
}
