export interface Column<Row> {
  key: keyof Row & string;
  title: string;
  align?: 'start' | 'end';
  cell?: (row: Row) => unknown;
}

interface Props<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  caption?: string;
  empty?: string;
}

export default function Table<Row extends object>({ rows, columns, caption, empty = 'Nothing here' }: Props<Row>) {
  return (
    <table>
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>{columns.map((column) => <th scope="col" key={column.key} data-align={column.align}>{column.title}</th>)}</tr>
      </thead>
      <tbody>
        {rows.length === 0 ? (
          <tr><td colSpan={columns.length}>{empty}</td></tr>
        ) : (
          rows.map((row, index) => (
            <tr key={index}>{columns.map((column) => <td key={column.key}>{column.cell ? column.cell(row) : String(row[column.key])}</td>)}</tr>
          ))
        )}
      </tbody>
    </table>
  );
}
