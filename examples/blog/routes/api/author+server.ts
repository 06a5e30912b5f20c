import { db } from '$lib/db';

// Remembers an author in a cookie and sends the visitor back: a form needs no script for that.
export const POST = defineHandler(async (req) => {
  const id = Number((await req.formData()).get('author'));
  const author = Number.isInteger(id) ? await db.users.findById(id) : null;
  if (author === null) return json({ error: 'no such author' }, { status: 400 });
  return new Response(null, {
    status: 303,
    headers: { location: '/account', 'set-cookie': `author=${author.id}; Path=/; HttpOnly; SameSite=Lax` },
  });
});
