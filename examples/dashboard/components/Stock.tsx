import { useMutation, useQuery, useQueryClient } from '@velox/query';
import { clock } from '$lib/format';
import type { Product } from '$lib/types';

/** The shelf, begun with what the server knew; each delivery is shown before the database has it. */
export default function Stock({ products }: { products: Product[] }) {
  const client = useQueryClient();
  const { data, status, error, isFetching, dataUpdatedAt } = useQuery<Product[]>({
    key: ['stock'],
    fetcher: async ({ signal }) => {
      const response = await fetch('/api/products', { signal });
      if (!response.ok) throw new Error(`The shelf cannot be read (${response.status})`);
      return response.json();
    },
    initialData: products,
    staleTime: 60_000,
  });
  const deliver = useMutation({
    mutate: async (id: number): Promise<Product> => {
      const response = await fetch('/api/products', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, amount: 10 }),
      });
      if (!response.ok) throw new Error('The delivery was refused');
      return response.json();
    },
    onMutate: (id) =>
      client.updateOptimistically<Product[]>(['stock'], (shelf = []) =>
        shelf.map((product) => (product.id === id ? { ...product, stock: product.stock + 10 } : product)),
      ),
    invalidates: [['stock']],
  });

  if (status === 'loading') return <p class="spinner">Loading...</p>;
  return (
    <div id="stock" class="stack" data-updated={dataUpdatedAt}>
      {status === 'error' && <p class="error">{error.message}</p>}
      {deliver.status === 'error' && <p class="error" role="alert">{deliver.error?.message}: what you see is the shelf again.</p>}
      <ul class="rows">
        {data?.map((product) => (
          <li key={product.id} class="row" data-product={product.id}>
            <span>{product.name}<span class="small">{product.origin}</span></span>
            <span class={['badge', { low: product.stock < 10 }]}><output>{product.stock}</output> in stock</span>
            <button onClick={() => deliver.mutate(product.id)}>Deliver 10</button>
          </li>
        ))}
      </ul>
      <p class="small">As of {clock(dataUpdatedAt)} UTC{isFetching ? ', being read again' : ''}.</p>
    </div>
  );
}
