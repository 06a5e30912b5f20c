import { useRouter } from 'velox/client';

interface Props {
  current: string;
  all: { code: string; name: string; href: string }[];
}

export default function LocaleSwitch({ current, all }: Props) {
  const router = useRouter();
  return (
    <select aria-label="Language" value={current} onChange={(event) => router.push((event.target as HTMLSelectElement).value)}>
      {all.map(({ code, name, href }) => (
        <option key={code} value={href} lang={code} selected={code === current}>{name}</option>
      ))}
    </select>
  );
}
