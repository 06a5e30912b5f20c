import { z } from 'zod';

export const Contact = z.object({
  name: z.string().min(2, 'Too short').max(80),
  email: z.string().email(),
  budget: z.enum(['small', 'medium', 'large']).default('small'),
  message: z.string().trim().min(10).regex(/^[^{}]*$/, 'No braces, please'),
  agree: z.literal('on', { errorMap: () => ({ message: 'Please agree' }) }),
});

export type Contact = z.infer<typeof Contact>;

export type Result<T, E = Error> = { ok: true; value: T } | { ok: false; error: E };

export function parse<S extends z.ZodTypeAny>(schema: S, input: unknown): Result<z.infer<S>, z.ZodError> {
  const parsed = schema.safeParse(input);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: parsed.error };
}
