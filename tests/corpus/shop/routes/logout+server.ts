import { defineHandler, redirect, useCookies } from 'velox/server';

export const POST = defineHandler(() => {
  const cookies = useCookies();
  for (const name of ['sid', 'cart', 'address', 'pay']) cookies.delete(name);
  return redirect('/', 303);
});
