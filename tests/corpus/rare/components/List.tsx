export default function List<Row>({ rows, render, className }: { rows: Row[]; render: (row: Row, index: number) => unknown; className?: string; onSelect?: (row: Row) => void }) {
  return <ul class={className}>{rows.map((row, index) => <li key={index}>{render(row, index)}</li>)}</ul>;
}
