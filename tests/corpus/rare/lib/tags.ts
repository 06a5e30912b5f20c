export const TAGS = { news: 'news', weather: 'weather' } as const;
export const tagOf = (id: string) => `item:${id}`;
export enum Tag { Jobs = 'jobs' }
