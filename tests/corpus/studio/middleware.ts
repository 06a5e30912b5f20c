import { defineMiddleware } from 'velox/server';

const HEADERS = Object.freeze({ 'x-frame-options': 'DENY', 'referrer-policy': 'strict-origin' });

export default defineMiddleware(async (request, next) => {
  const started = performance.now();
  const response = await next();
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  response.headers.append('server-timing', `app;dur=${(performance.now() - started).toFixed(1)}`);
  return response;
});
