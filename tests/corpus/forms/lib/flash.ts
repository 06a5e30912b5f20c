import { useCookies, type Cookies } from 'velox/server';

export function flash(message: string): void {
  useCookies().set('flash', message, { maxAge: 60 });
}

export function takeFlash(cookies: Cookies): string | undefined {
  const message = cookies.get('flash');
  if (message !== undefined) cookies.delete('flash');
  return message;
}
