export const analytics = process.env.PUBLIC_ANALYTICS ?? '';
export const mode = import.meta.env.MODE;
export const dev = import.meta.env.DEV;
export const isBrowser = typeof window !== 'undefined';
export const site = import.meta.env.PUBLIC_SITE;
