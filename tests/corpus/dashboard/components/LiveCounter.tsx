import { useQuery } from '@velox/query';

export interface LiveCounterProps {
  name: string;
  every?: number;
}

export default function LiveCounter({ name, every = 5000 }: LiveCounterProps) {
  const { data, status, error, isFetching } = useQuery({
    key: ['metric', name],
    fetcher: async (): Promise<{ value: number }> => (await fetch(`/api/metrics/${name}`)).json(),
    staleTime: every,
    refetchOnWindowFocus: true,
  });
  if (status === 'loading') return <output aria-busy="true">…</output>;
  if (status === 'error') return <output title={String(error)}>?</output>;
  return <output data-fetching={isFetching}>{data?.value ?? 0}</output>;
}
