import { flash } from '$lib/flash';
import { badRequest, defineHandler, redirect } from 'velox/server';

export const POST = defineHandler(async (request) => {
  const { at, reason, phone = '' } = Object.fromEntries(await request.formData()) as Record<string, string | undefined>;
  const when = at === undefined ? NaN : Date.parse(at);
  if (Number.isNaN(when) || when < Date.now()) throw badRequest('that time is over');
  if (!reason) throw badRequest('a reason is needed');
  await fetch('https://calendar.example/book', { method: 'POST', body: new URLSearchParams({ at: at!, reason, phone }) });
  flash('Your appointment is booked.');
  return redirect('/', 303);
});
