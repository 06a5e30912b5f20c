import { sql } from './db';

export namespace Metric {
  export type Name = 'requests' | 'errors' | 'latency';
  export interface Point {
    readonly at: number;
    readonly value: number;
  }
}

export async function series(name: Metric.Name, hours: number): Promise<Metric.Point[]> {
  const since = Date.now() - hours * 36e5;
  return sql<Metric.Point>`select at, value from points where name = ${name} and at > ${since} order by at`;
}

export async function* tail(signal?: AbortSignal): AsyncGenerator<{ line: string; level: 'info' | 'warn' | 'error' }> {
  let last = 0;
  while (!signal?.aborted) {
    const rows = await sql<{ id: number; line: string; level: 'info' | 'warn' | 'error' }>`select * from logs where id > ${last} limit 100`;
    if (rows.length === 0) return;
    for (const { id, ...entry } of rows) {
      last = id;
      yield entry;
    }
  }
}

export const mean = (points: readonly Metric.Point[]): number =>
  points.length === 0 ? 0 : points.reduce((sum, { value }) => sum + value, 0) / points.length;

export function percentile(points: readonly Metric.Point[], p: number): number {
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
}
