type Path<T, K extends keyof T = keyof T> = K extends string ? (T[K] extends object ? `${K}` | `${K}.${Path<T[K]>}` : `${K}`) : never;

export function get<T extends object, P extends Path<T>>(value: T, path: P): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

export default {
  title: 'Types',
  code: `get({ a: { b: 1 } }, 'a.b') // ${String(get({ a: { b: 1 } }, 'a.b'))}`,
};
