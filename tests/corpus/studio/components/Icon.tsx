const paths = {
  arrow: 'M5 12h14M13 6l6 6-6 6',
  check: 'M5 13l4 4L19 7',
  close: 'M6 6l12 12M18 6L6 18',
} as const;

export interface IconProps {
  name: keyof typeof paths;
  size?: number;
  label?: string;
}

export default function Icon({ name, size = 16, label }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      aria-hidden={label ? undefined : 'true'}
      role={label ? 'img' : undefined}
    >
      {label && <title>{label}</title>}
      <path d={paths[name]} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
