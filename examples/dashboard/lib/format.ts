/** Numbers and dates as people read them: the same on the server and in the browser, whatever their languages. */

const MONEY = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** `€18.90` */
export const money = (cents: number): string => MONEY.format(cents / 100);

/** `14:05:09`, in UTC. */
export const clock = (time: number): string => new Date(time).toISOString().slice(11, 19);

/** `2 Apr` */
export const day = (time: number | string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(time));
