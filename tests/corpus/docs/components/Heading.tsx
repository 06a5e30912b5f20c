interface Props {
  level: 1 | 2 | 3 | 4;
  id?: string;
  children?: unknown;
}

export default function Heading({ level, id, children }: Props) {
  const Tag = `h${level}` as 'h1' | 'h2' | 'h3' | 'h4';
  return <Tag id={id}>{children}</Tag>;
}
