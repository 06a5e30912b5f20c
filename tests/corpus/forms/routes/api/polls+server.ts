import { flash } from '$lib/flash';
import { defineHandler, redirect, revalidateTag, useCookies } from 'velox/server';

export const POST = defineHandler(async (request) => {
  const cookies = useCookies();
  if (cookies.has('voted')) return redirect('/poll/results/', 303);
  const answers: Record<string, string[]> = {};
  for (const [question, value] of await request.formData()) (answers[question] ??= []).push(String(value));
  await fetch('https://polls.example/votes', { method: 'POST', body: JSON.stringify(answers) });
  await revalidateTag('tallies');
  cookies.set('voted', '1', { maxAge: 60 * 60 * 24 * 365 });
  flash('Your voice counts.');
  return redirect('/poll/results/', 303);
});
