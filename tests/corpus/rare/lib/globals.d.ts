declare global {
  var connection: { query(text: string): Promise<unknown[]> } | undefined;
  interface Window { dataLayer: unknown[] }
}
declare const __VERSION__: string;
export {};
