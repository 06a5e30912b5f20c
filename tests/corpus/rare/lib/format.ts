export type Unit = 'bytes' | 'seconds';
const table = { bytes: ['B', 'KB', 'MB'], seconds: ['s'] } satisfies Record<Unit, string[]>;

export function format(value: number, unit: Unit): string {
  const names = table[unit];
  const power = Math.min(names.length - 1, Math.floor(Math.log(Math.max(1, value)) / Math.log(1024)));
  return `${(value / 1024 ** power).toFixed(power)} ${names[power]}`;
}
