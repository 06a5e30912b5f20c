import { defineMiddleware } from 'velox/server';

/** Gives each answer an id, for finding it in a log, and says how long it took to make. */
export default defineMiddleware(async (request, next) => {
  const start = performance.now();
  const response = await next();
  response.headers.set('x-request-id', crypto.randomUUID());
  response.headers.set('server-timing', `app;dur=${(performance.now() - start).toFixed(1)}`);
  return response;
});
