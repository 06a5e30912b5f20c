import { defineHandler, json } from 'velox/server';

// GET /api/hello?name=you
export const GET = defineHandler((request) => {
  const name = new URL(request.url).searchParams.get('name') ?? 'world';
  return json({ message: `Hello, ${name}!` });
});
