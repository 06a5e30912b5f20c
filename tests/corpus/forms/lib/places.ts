export const places: Record<string, readonly string[]> = {
  Austria: ['Graz', 'Linz', 'Wien'],
  Germany: ['Bremen', 'Köln', 'München'],
  Switzerland: ['Basel', 'Genève', 'Zürich'],
};

export interface Slot {
  start: Date;
  free: number;
}

export function* slots(from: Date, days: number): Generator<Slot, void, undefined> {
  for (let day = 0; day < days; day++) {
    for (const hour of [9, 11, 14, 16]) {
      const start = new Date(from);
      start.setDate(start.getDate() + day);
      start.setHours(hour, 0, 0, 0);
      if (start.getDay() % 6 !== 0) yield { start, free: (start.getDate() * hour) % 4 };
    }
  }
}
