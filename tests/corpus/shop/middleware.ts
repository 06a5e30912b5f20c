import { defineMiddleware, redirect } from 'velox/server';
import { sessionOf } from '$lib/session';

const PROTECTED = [/^\/account(\/|$)/, /^\/admin(\/|$)/, /^\/orders(\/|$)/];

export default defineMiddleware(async (request, next) => {
  const { pathname, search } = new URL(request.url);
  request.context.session = await sessionOf(request.cookies.get('sid'));
  if (!request.context.session && PROTECTED.some((pattern) => pattern.test(pathname))) {
    throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`, 303);
  }
  const response = await next();
  response.headers.set('x-frame-options', 'DENY');
  return response;
});
