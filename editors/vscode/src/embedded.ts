// The text of a style sheet that stands in a file, as a document of its own: of the same length, all else blank, so that every
// position is the same in both.

/** A stretch of CSS in a file, as the server tells it; offsets in UTF-16 units. */
export interface Style {
  language: 'css' | 'scss' | 'less';
  /** Whole rules, or the declarations of a `style` attribute. */
  kind: 'rules' | 'declarations';
  start: number;
  end: number;
}

/** The document with that style sheet alone. */
export function onlyStyle(text: string, style: Style): string {
  const blank = (part: string) => part.replace(/[^\r\n]/g, ' ');
  let before = blank(text.slice(0, style.start));
  let after = blank(text.slice(style.end));
  if (style.kind === 'declarations') {
    // Declarations stand in a rule. Before them is at least `="`, behind them a quote.
    before = `${before.slice(0, -2)}*{`;
    after = `}${after.slice(1)}`;
  }
  return before + text.slice(style.start, style.end) + after;
}
