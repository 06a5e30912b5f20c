import { useQuery } from '@velox/query';
import StatsGrid from '$components/StatsGrid';
import type { Stats } from '$lib/types';

/** The figures of the week: from the server at first, then as fresh as half a minute. */
export default function LiveStats() {
  const { data, status, error, isFetching, refetch } = useQuery<Stats>({
    key: ['stats'],
    fetcher: async () => {
      const response = await fetch('/api/dashboard/stats');
      if (!response.ok) throw new Error(`The figures cannot be read (${response.status})`);
      return response.json();
    },
    staleTime: 30_000,
  });
  return (
    <section id="live-stats" class="stack" aria-label="This week" aria-busy={isFetching}>
      {status === 'loading' && <p class="spinner" role="status">Loading...</p>}
      {status === 'error' && <p class="error" role="alert">{error.message}</p>}
      {data && <StatsGrid stats={data} />}
      <div class="bar">
        <p class="small">Prefetched on the server; looked at again when you come back to this page.</p>
        <button onClick={() => refetch()} disabled={isFetching}>{isFetching ? 'Reading…' : 'Read again'}</button>
      </div>
    </section>
  );
}
