import postgres from 'postgres';

const connection = postgres(process.env.DATABASE_URL ?? 'postgres://localhost/shop', { max: 8 });

/** A tagged template: every hole becomes a parameter. */
export async function sql<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
  return (await connection.unsafe(strings.join('?'), values as never[])) as unknown as Row[];
}
