import { readDraft } from '$lib/wizard';
import { badRequest, defineHandler, redirect } from 'velox/server';

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const pick = () => letters[Math.floor(Math.random() * letters.length)]!;

export const POST = defineHandler(async () => {
  const { about, household, documents } = readDraft();
  if (!about || !household || !documents?.length) throw badRequest('the application is not complete');
  const number = `${pick()}${pick()}-${String(Date.now() % 10_000).padStart(4, '0')}`;
  await fetch('https://flats.example/applications', { method: 'POST', body: JSON.stringify({ number, about, household, documents }) });
  return redirect(`/apply/done/?n=${number}`, 303);
});
