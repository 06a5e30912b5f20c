import { find } from '$lib/search';
import { latest, versions } from '$lib/content';
import { badRequest, defineHandler, json } from 'velox/server';

export const GET = defineHandler(async ({ query }) => {
  const version = query.get('v') ?? latest;
  if (!versions.some((known) => known === version)) throw badRequest(`there is no version ${version}`);
  const hits = [];
  for await (const { path, title } of find(version, query.get('q') ?? '')) {
    hits.push({ href: `/docs/${version}/${path}`, title });
    if (hits.length === 10) break;
  }
  return json(hits);
});
