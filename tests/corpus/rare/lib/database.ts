import { useCookies, useRequest } from 'velox/server';

export interface Row { id: number; title: string }

/** Only some callers need a request. */
export const viewer = (): string | undefined => useCookies().get('viewer');
export const agent = (): string | null => useRequest().headers.get('user-agent');

export async function rows(limit = 10): Promise<Row[]> {
  const response = await fetch(`https://rows.example/?limit=${limit}`, { next: { tags: ['rows'] } });
  const json: Row[] = await response.json();
  return json;
}

export class Transaction {
  #open = false;
  async begin(): Promise<this> {
    await Promise.resolve();
    this.#open = true;
    return this;
  }
  async run(text: string): Promise<Row[]> {
    if (!this.#open) throw new Error('not begun');
    return text === '' ? [] : rows(1);
  }
  async commit(): Promise<void> {
    this.#open = false;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#open) await this.commit();
  }
}
