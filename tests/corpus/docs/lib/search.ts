import { Index } from 'flexsearch';
import { listDocs, readDoc } from './content';

export interface Hit { path: string; title: string; excerpt: string }

const indexes = new Map<string, Promise<{ index: Index; docs: Map<number, Hit & { text: string }> }>>();

async function build(version: string) {
  const index = new Index({ tokenize: 'forward' });
  const docs = new Map<number, Hit & { text: string }>();
  let id = 0;
  for (const path of await listDocs(version)) {
    const doc = await readDoc(version, path);
    if (!doc) continue;
    const text = doc.html.replace(/<[^>]+>/g, ' ');
    index.add(++id, `${doc.title} ${text}`);
    docs.set(id, { path: path.join('/'), title: doc.title, excerpt: '', text });
  }
  return { index, docs };
}

export async function* find(version: string, words: string): AsyncGenerator<Hit> {
  if (!indexes.has(version)) indexes.set(version, build(version));
  const { index, docs } = await indexes.get(version)!;
  for (const id of index.search(words) as number[]) {
    const { text, ...hit } = docs.get(id)!;
    const at = Math.max(0, text.toLowerCase().indexOf(words.toLowerCase()) - 60);
    yield { ...hit, excerpt: text.slice(at, at + 160) };
  }
}
