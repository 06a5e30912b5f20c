import { defineHandler, json } from 'velox/server';

// GET /api/hello?name=you
export const GET = defineHandler(({ query }) => {
  const name = query.get('name') ?? 'world';
  return json({ message: `Hello, ${name}!` });
});
