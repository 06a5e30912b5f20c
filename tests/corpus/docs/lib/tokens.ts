export type Token =
  | { type: 'word'; text: string }
  | { type: 'number'; value: number }
  | { type: 'punctuation'; text: '(' | ')' | '+' | '*' };

const PATTERN = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<punctuation>[()+*]))/gy;

export function* tokens(source: string): IterableIterator<Token> {
  PATTERN.lastIndex = 0;
  for (let match: RegExpExecArray | null; (match = PATTERN.exec(source)); ) {
    const { number, word, punctuation } = match.groups as Record<'number' | 'word' | 'punctuation', string | undefined>;
    if (number !== undefined) yield { type: 'number', value: +number };
    else if (word !== undefined) yield { type: 'word', text: word };
    else yield { type: 'punctuation', text: punctuation as '(' | ')' | '+' | '*' };
  }
}

export class Calculator {
  #at = 0;
  readonly #list: Token[];
  static readonly priorities = { '+': 1, '*': 2 } as const;

  constructor(source: string) {
    this.#list = [...tokens(source)];
  }

  private get token(): Token | undefined {
    return this.#list[this.#at];
  }

  value(least = 0): number {
    let left = this.#primary();
    for (let token = this.token; token?.type === 'punctuation' && (token.text === '+' || token.text === '*'); token = this.token) {
      const priority = Calculator.priorities[token.text];
      if (priority <= least) break;
      this.#at++;
      const right = this.value(priority);
      left = token.text === '+' ? left + right : left * right;
    }
    return left;
  }

  #primary(): number {
    const token = this.token;
    this.#at++;
    if (token?.type === 'number') return token.value;
    if (token?.type === 'punctuation' && token.text === '(') {
      const inner = this.value();
      this.#at++;
      return inner;
    }
    return Number.NaN;
  }
}
