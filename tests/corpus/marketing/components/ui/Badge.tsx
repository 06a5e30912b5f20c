export const Badge = ({ tone = 'plain', text }: { tone?: 'plain' | 'loud'; text: string }) => <b data-tone={tone}>{text}</b>;

export function Dot() {
  return <i class="dot" aria-hidden="true" />;
}
