import { requireRole } from '$lib/session';
import { defineHandler, json, revalidatePath, revalidateTag } from 'velox/server';

export const POST = defineHandler(async () => {
  requireRole('editor');
  await Promise.all([revalidateTag('services'), revalidatePath('/status')]);
  return json({ refreshed: new Date() });
});
