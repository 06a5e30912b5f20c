export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export const stores = [
  { city: 'leeds', street: '4 Call Lane', phone: '+441130000001', hours: { mon: null, sat: [9, 17], sun: [11, 16] }, at: [53.796, -1.541] },
  { city: 'ghent', street: 'Vlasmarkt 12', phone: '+3290000002', hours: { mon: [13, 18], sat: [10, 18], sun: null }, at: [51.055, 3.727] },
  { city: 'porto', street: 'Rua do Almada 80', phone: '+351220000003', hours: { mon: [10, 19], sat: [10, 20], sun: null }, at: [41.149, -8.612] },
] as const satisfies readonly {
  city: string;
  street: string;
  phone: `+${number}`;
  hours: Partial<Record<Day, readonly [number, number] | null>>;
  at: readonly [number, number];
}[];

export type Store = (typeof stores)[number];
