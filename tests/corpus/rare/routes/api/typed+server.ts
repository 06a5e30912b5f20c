import { defineHandler, json, type Handler } from 'velox/server';
import { rows, type Row } from '$lib/database';

export type Answer = { rows: Row[] };
export interface Query { limit: string | null }

const limited: Handler = async ({ query }) => {
  const { limit }: Query = { limit: query.get('limit') };
  const answer: Answer = { rows: await rows(Number(limit ?? 5)) };
  return json(answer);
};

export { limited as GET };
export const config = { edge: false } as const;
export const PUT = defineHandler(async (request) => {
  await revalidateTag('rows');
  await revalidateTag('shadow');
  await revalidatePath('/shadows');
  return json({ by: request.ip }, { status: 202 });
});
