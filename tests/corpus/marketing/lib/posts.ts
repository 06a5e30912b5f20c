export interface Post {
  slug: string;
  title: string;
  date: Date;
  tags: string[];
  body: string;
  author: { name: string; url?: string };
}

const CMS = 'https://cms.drift.example/api';

async function get<T>(path: string, tags: string[]): Promise<T> {
  const answer = await fetch(CMS + path, { headers: { authorization: `Bearer ${process.env.CRM_TOKEN}` }, next: { tags } });
  if (!answer.ok) throw new Error(`cms: ${answer.status} for ${path}`);
  return answer.json();
}

type Raw = Omit<Post, 'date'> & { date: string };
const revive = ({ date, ...rest }: Raw): Post => ({ ...rest, date: new Date(date) });

export const allPosts = async (): Promise<Post[]> => (await get<Raw[]>('/posts', ['posts'])).map(revive);
export const postBySlug = async (slug: string): Promise<Post | undefined> => (await allPosts()).find((post) => post.slug === slug);
