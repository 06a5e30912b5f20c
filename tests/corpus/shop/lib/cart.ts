import { sql } from './sql';
import { euro, type Money } from './money';

export interface Line {
  product: number;
  slug: string;
  name: string;
  quantity: number;
  unit: Money;
  options: Record<string, string>;
}

export class Cart implements Iterable<Line> {
  readonly #lines: Line[];
  constructor(lines: Line[] = []) {
    this.#lines = lines;
  }
  get count(): number {
    return this.#lines.reduce((total, line) => total + line.quantity, 0);
  }
  get total(): Money {
    return euro(this.#lines.reduce((total, { unit, quantity }) => total + unit.cents * quantity, 0));
  }
  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }
  *[Symbol.iterator](): Iterator<Line> {
    yield* this.#lines;
  }
  static async load(id: string | undefined): Promise<Cart> {
    return new Cart(id ? await sql<Line>`select * from cart_lines where cart = ${id}` : []);
  }
}

export async function addToCart(cart: string, product: number, quantity: number): Promise<void> {
  await sql`insert into cart_lines (cart, product, quantity) values (${cart}, ${product}, ${quantity})`;
}
