export type Rule<T = string> = (value: T, all: FormData) => string | undefined | null | false;

export const required = (message = 'This is needed'): Rule => (value) => value.trim() === '' && message;
export const min = (length: number): Rule => (value) => value.length < length && `At least ${length} characters`;
export const matches = (pattern: RegExp, message: string): Rule => (value) => (pattern.test(value) ? null : message);
export const same = (other: string, message: string): Rule => (value, all) => (value === all.get(other) ? undefined : message);
export const all =
  <T>(...rules: Rule<T>[]): Rule<T> =>
  (value, form) => {
    for (const rule of rules) {
      const message = rule(value, form);
      if (message) return message;
    }
    return undefined;
  };

export type Schema = Record<string, Rule>;
export type Errors<S extends Schema> = { [Key in keyof S]?: string };

export interface Checked<S extends Schema> {
  readonly ok: boolean;
  readonly values: { [Key in keyof S]: string };
  readonly errors: Errors<S>;
}

export function check<const S extends Schema>(schema: S, form: FormData): Checked<S> {
  const values = {} as { [Key in keyof S]: string };
  const errors: Errors<S> = {};
  for (const name in schema) {
    const value = form.get(name);
    values[name] = typeof value === 'string' ? value : '';
    const message = schema[name]!(values[name], form);
    if (message) errors[name] = message;
  }
  return { ok: Object.keys(errors).length === 0, values, errors };
}
