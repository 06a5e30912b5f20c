import { DatabaseSync } from 'node:sqlite';

const file = process.env.DATABASE_FILE ?? ':memory:';
const database = new DatabaseSync(file);

type Scalar = string | number | bigint | null;

export class Query<Row extends object> implements PromiseLike<Row[]> {
  constructor(
    private readonly text: string,
    private readonly values: readonly Scalar[],
  ) {}

  then<A = Row[], B = never>(ok?: ((rows: Row[]) => A | PromiseLike<A>) | null, no?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<A | B> {
    return Promise.resolve().then(() => this.all()).then(ok, no);
  }

  all(): Row[] {
    return database.prepare(this.text).all(...this.values) as unknown as Row[];
  }

  async first(): Promise<Row | undefined> {
    return this.all()[0];
  }
}

export function sql<Row extends object = Record<string, Scalar>>({ raw }: TemplateStringsArray, ...values: Scalar[]): Query<Row> {
  return new Query<Row>(raw.join('?'), values);
}
