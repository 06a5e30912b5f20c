export interface CardProps {
  title: string;
  wide?: boolean;
  children?: unknown;
}

const Card = ({ title, wide = false, children }: CardProps) => (
  <article class={wide ? 'card wide' : 'card'}>
    <h3>{title}</h3>
    {children}
  </article>
);
export default Card;
