import { defineHandler, redirect } from 'velox/server';

const inbox = { sales: 'sales@drift.example', support: 'support@drift.example', other: 'hello@drift.example' } as const;
type Topic = keyof typeof inbox;

export const POST = defineHandler(async (request) => {
  const form = await request.formData();
  const topic = (form.get('topic') ?? 'other') as Topic;
  await fetch('https://mail.example/send', { method: 'POST', body: JSON.stringify({ to: inbox[topic] ?? inbox.other, text: form.get('message') }) });
  return redirect('/contact?sent', 303);
});
