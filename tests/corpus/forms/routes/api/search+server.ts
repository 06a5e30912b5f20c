import { defineHandler, json } from 'velox/server';

const index: readonly (readonly [path: string, title: string, words: string])[] = [
  ['/contact/', 'Contact', 'mail telephone question'],
  ['/report/', 'Report damage', 'pothole lamp bin'],
  ['/calculator/', 'Parking permit', 'car street price'],
];

export const GET = defineHandler(({ query }) => {
  const words = (query.get('q') ?? '').toLowerCase().match(/\p{L}+/gu) ?? [];
  const scored = index
    .map(([path, title, text]) => ({ path, title, score: words.filter((word) => `${title} ${text}`.toLowerCase().includes(word)).length }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return json(scored);
});
