import { defineHandler, json, useCookies } from 'velox/server';
import { session } from '$lib/session';

export const GET = defineHandler(() => {
  const { user, role } = session();
  return json({ user: user.name, role });
});

export const PATCH = defineHandler(async (request) => {
  const { theme } = (await request.json()) as { theme?: 'light' | 'dark' };
  if (theme) useCookies().set('theme', theme);
  return json({ theme: theme ?? null });
});
