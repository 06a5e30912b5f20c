import { defineMiddleware } from 'velox/server';
import { negotiate } from '$lib/negotiate';

export default defineMiddleware(async (request, next) => {
  request.context.locale = request.cookies.get('locale') ?? negotiate(request.headers.get('accept-language'));
  const response = await next();
  if (!response.headers.has('content-language')) response.headers.set('content-language', request.context.locale);
  response.headers.append('vary', 'accept-language');
  return response;
});
