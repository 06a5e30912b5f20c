import { TAGS, Tag, tagOf } from './tags';
const client = async <T>(path: string, { tags = [] as string[], ...init }: RequestInit & { tags?: string[] } = {}): Promise<T> =>
  (await fetch(`https://api.example${path}`, { ...init, next: { tags } })).json();
export const news = () => client<string[]>('/news', { tags: [TAGS.news] });
export const item = (id: string) => client<{ id: string }>(`/items/${id}`, { tags: [tagOf(id)] });
export const jobs = () => client<string[]>('/jobs', { tags: [Tag.Jobs] });
export async function audit(text: string): Promise<void> { await client('/audit', { method: 'POST', body: text }); }
