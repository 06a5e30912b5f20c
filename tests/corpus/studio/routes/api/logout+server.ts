export const POST = defineHandler(({ cookies }) => {
  cookies.delete('session', { path: '/' });
  return redirect('/login?reason=expired', 303);
});
