export type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T,>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <E,>(error: E): Result<never, E> => ({ ok: false, error });

export async function attempt<T>(work: () => Promise<T>): Promise<Result<T, Error>> {
  try {
    return ok(await work());
  } catch (cause) {
    return fail(cause instanceof Error ? cause : new Error('unknown', { cause }));
  }
}

export function assertNever(value: never): never {
  throw new TypeError(`unexpected ${JSON.stringify(value)}`);
}
