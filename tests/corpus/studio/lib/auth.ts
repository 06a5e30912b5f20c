import { redirect, useCookies } from 'velox/server';

interface Session {
  readonly user: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
}

class Sessions {
  static readonly #store = new Map<string, Session>();
  static #count = 0;

  static {
    this.#store.set('demo', { user: { id: '1', name: 'Ada', roles: ['admin'] } });
  }

  static find(id: string | undefined): Session | undefined {
    Sessions.#count += 1;
    return id === undefined ? undefined : Sessions.#store.get(id);
  }
}

export async function requireUser(to = '/login'): Promise<Session['user']> {
  const session = Sessions.find(useCookies().get('session'));
  if (!session) throw redirect(`${to}?from=account`);
  return session.user;
}
