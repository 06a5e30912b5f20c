import type { Row, Transaction } from '$lib/database';
import { format, type Unit } from '$lib/format';
import { signal, type Signal } from 'velox/client';

interface Props {
  rows: readonly Row[];
  unit: Unit;
  limits?: Map<number, Date>;
  pattern?: RegExp;
  home?: URL;
}

type Never = Transaction extends never ? true : false;

export default function Meter({ rows, unit, limits = new Map(), pattern = /./, home }: Props & { strict?: Never }) {
  const open: Signal<number | null> = signal<number | null>(null);
  if (import.meta.env.DEV) console.debug(rows.length, import.meta.env.SSR, import.meta.env.BASE_URL);
  return (
    <ul>
      {rows.filter(({ title }) => pattern.test(title)).map(({ id, title }) => (
        <li key={id} onClick={() => (open.value = id)} onKeyDown={({ key }) => key === 'Escape' && (open.value = null)}>
          {home ? <a href={home.href}>{title}</a> : title} {format(id, unit)} {limits.get(id)?.toISOString()}
          {open.value === id && <strong>open</strong>}
        </li>
      ))}
    </ul>
  );
}
