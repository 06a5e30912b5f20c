import { db } from '$lib/db';
import { badRequest, defineHandler, redirect, useCookies } from 'velox/server';

// Remembers an author in a cookie and sends the visitor back: a form needs no script for that.
export const POST = defineHandler(async (req) => {
  const id = Number((await req.formData()).get('author'));
  const author = Number.isInteger(id) ? await db.users.findById(id) : null;
  if (author === null) throw badRequest('There is no such author');
  useCookies().set('author', String(author.id));
  return redirect('/account', 303);
});
