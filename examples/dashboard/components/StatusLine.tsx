import { useQuery } from '@velox/query';
import { clock } from '$lib/format';
import type { Stats } from '$lib/types';

/** What the kept page knew, until it is fetched again because that is stale. */
export default function StatusLine() {
  const { data, dataUpdatedAt, isFetching } = useQuery<Stats>({
    key: ['stats'],
    fetcher: () => fetch('/api/dashboard/stats').then((response) => response.json()),
    staleTime: 2_000,
  });
  return (
    <p id="status-line" data-updated={dataUpdatedAt}>
      <span class="figure">{data?.orders ?? '–'}</span> orders this week, as of {clock(dataUpdatedAt)} UTC
      {isFetching ? ' (looking again)' : ''}
    </p>
  );
}
