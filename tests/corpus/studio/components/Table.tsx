export interface Column<Row> {
  key: keyof Row & string;
  title: string;
  align?: 'left' | 'right';
  cell?: (row: Row) => unknown;
}

export function Table<Row extends { id: string | number }>({
  rows,
  columns,
  caption,
}: {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  caption: string;
}) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, align = 'left' }) => (
            <th key={key} scope="col" style={{ textAlign: align }}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {columns.map((column) => (
              <td key={column.key}>{column.cell ? column.cell(row) : String(row[column.key])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
