import { mean, series, type Metric } from '$lib/metrics';
import { defineHandler, json, notFound } from 'velox/server';

const known = { requests: 1, errors: 1, latency: 0.25 } satisfies Record<Metric.Name, number>;

export const GET = defineHandler<{ name: string }>(async ({ params, query }) => {
  if (!Object.hasOwn(known, params.name)) throw notFound();
  const name = params.name as Metric.Name;
  const hours = Number(query.get('hours') ?? known[name]);
  const points = await series(name, hours);
  return json({ name, value: mean(points), points: query.has('all') ? points : undefined });
});
