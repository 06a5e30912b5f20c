/** How dates and counts are written; always in UTC and English, so that a build gives the same text anywhere. */
const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `2025-03-09` as `9 March 2025`. */
export const formatDate = (date: string): string => long.format(new Date(`${date}T00:00:00Z`));

/** `2025-03-09` as `9 Mar`. */
export const formatDay = (date: string): string => short.format(new Date(`${date}T00:00:00Z`));

/** `1 post`, `3 posts`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
