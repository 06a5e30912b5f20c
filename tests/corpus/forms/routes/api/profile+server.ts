import { defineHandler, redirect, unauthorized } from 'velox/server';

export const POST = defineHandler(async (request) => {
  const token = request.cookies.get('token') ?? '';
  if (!token) throw unauthorized();
  const form = await request.formData();
  const changes = { languages: form.getAll('languages'), contact: form.get('contact'), colour: form.get('colour') };
  const answer = await fetch('https://id.example/me', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(changes),
  });
  return redirect(answer.ok ? '/profile/' : '/profile/?failed', 303);
});
