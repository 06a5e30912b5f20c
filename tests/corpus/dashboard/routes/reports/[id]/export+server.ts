import { csv } from '$lib/csv';
import { sql } from '$lib/db';
import { defineHandler, notFound } from 'velox/server';

export const GET = defineHandler<{ id: string }>(async ({ params: { id } }) => {
  const report = await sql<{ name: string; query: string }>`select name, query from reports where id = ${id}`.first();
  if (!report) throw notFound();
  const rows = await sql<Record<string, unknown>>`select * from json_each(run(${report.query}))`;
  return new Response(csv(rows, Object.keys(rows[0] ?? {})), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(report.name)}.csv`,
    },
  });
});
