import { useQuery } from '@velox/query';
import Spinner from '$components/Spinner';
import { money } from '$lib/format';

export default function ProductList() {
  const { data, status, error, refetch } = useQuery({
    key: ['products'],
    fetcher: () => fetch('/api/products').then(r => r.json()),
    staleTime: 30_000,
    refetchOnWindowFocus: true,
  });

  if (status === 'loading') return <Spinner />;
  if (status === 'error') return <p class="error">Error: {error.message} <button onClick={() => refetch()}>Retry</button></p>;

  return (
    <ul id="product-list" class="rows">
      {data.map(p => <li key={p.id} class="row"><span>{p.name}</span><span class="number small">{money(p.cents)} / 100 g</span></li>)}
    </ul>
  );
}
