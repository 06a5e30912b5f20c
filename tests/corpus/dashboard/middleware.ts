import { defineMiddleware, redirect } from 'velox/server';
import { readSession } from '$lib/session';

const open = new Set(['/login', '/about', '/status', '/api/health']);

export default defineMiddleware(async (request, next) => {
  const url = new URL(request.url);
  const started = performance.now();
  request.context.session = await readSession(request.cookies);
  if (request.context.session === null && !open.has(url.pathname)) {
    return url.pathname.startsWith('/api/')
      ? Response.json({ error: 'sign in first' }, { status: 401 })
      : redirect('/login', 303);
  }
  const response = await next();
  response.headers.append('server-timing', `app;dur=${(performance.now() - started).toFixed(1)}`);
  return response;
});
