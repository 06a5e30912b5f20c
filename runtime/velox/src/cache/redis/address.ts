// Addresses of servers in messages.

/** The address of a server without what is secret in it. */
export function shownAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.length > 1 ? pathname : ""}`;
}
