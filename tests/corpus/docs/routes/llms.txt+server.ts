import { latest, listDocs } from '$lib/content';
import { defineHandler, text } from 'velox/server';

export const GET = defineHandler(async () => {
  const lines = ['# Lathe', '', `> Documentation of version ${latest}`, ''];
  for (const path of await listDocs(latest)) lines.push(`- [${path.join(' / ')}](/docs/${latest}/${path.join('/')})`);
  return text(lines.join('\n'));
});
