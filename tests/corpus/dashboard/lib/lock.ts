/** A lock that gives itself back at the end of its block. */
export class Lock implements Disposable {
  static #held = new Set<string>();
  private constructor(readonly name: string) {}

  static take(name: string): Lock {
    if (Lock.#held.has(name)) throw new Error(`${name} is held`);
    Lock.#held.add(name);
    return new Lock(name);
  }

  [Symbol.dispose](): void {
    Lock.#held.delete(this.name);
  }
}

export function once<This, Args extends unknown[], Return>(work: (this: This, ...args: Args) => Return) {
  let result: { value: Return } | undefined;
  return function (this: This, ...args: Args): Return {
    result ??= { value: work.apply(this, args) };
    return result.value;
  };
}
