import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { marked } from 'marked';

export const versions = ['3.1', '3.0', '2.9'] as const;
export type Version = (typeof versions)[number];
export const [latest] = versions;

export interface Heading { id: string; text: string; depth: 2 | 3 }
export interface Doc {
  path: readonly string[];
  title: string;
  html: string;
  headings: Heading[];
  changed: string;
}

const root = process.env.CONTENT_DIR ?? 'content';
const slug = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

export async function readDoc(version: string, path: readonly string[]): Promise<Doc | undefined> {
  const file = join(root, version, ...path) + '.md';
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const headings = Array.from(text.matchAll(/^(#{2,3}) (.+)$/gm), ([, marks, title]) => ({
    id: slug(title!),
    text: title!,
    depth: marks!.length as 2 | 3,
  }));
  const title = /^# (.+)$/m.exec(text)?.[1] ?? path.at(-1) ?? 'Untitled';
  return { path, title, html: await marked.parse(text), headings, changed: /^changed: (\S+)/m.exec(text)?.[1] ?? '' };
}

export async function listDocs(version: string): Promise<string[][]> {
  const entries = await readdir(join(root, version), { recursive: true });
  return entries.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3).split('/'));
}
