import { sql } from './sql';
import type { Money } from './money';

export type Order = {
  id: string;
  placed: Date;
  total: Money;
  lines: { name: string; quantity: number; slug: string }[];
} & (
  | { state: 'placed' | 'packing' }
  | { state: 'shipped'; tracking: string; carrier: 'dhl' | 'ups' }
  | { state: 'returned'; reason: string }
);

export const ordersOf = (customer: number) => sql<Order>`select * from orders where customer = ${customer} order by placed desc`;

export async function orderById(id: string, customer: number): Promise<Order | undefined> {
  const [order] = await sql<Order>`select * from orders where id = ${id} and customer = ${customer}`;
  return order;
}

export const openOrders = () => sql<{ id: string; customer: string; cents: number; age: number }>`select * from open_orders`;
