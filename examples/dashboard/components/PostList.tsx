import { createQuery } from '@velox/query';
import { getPosts } from '$lib/posts';
import { day } from '$lib/format';

export default function PostList() {
  // This data is cached by prefetchQuery in the layout, so no fetch actually happens here
  const query = createQuery({
    queryKey: ['posts'],
    queryFn: getPosts,
  });

  if (query.status === 'loading') return <p class="spinner">Loading...</p>;
  if (query.status === 'error') return <p class="error">{query.error.message}</p>;
  return (
    <ul id="post-list" class="cards" data-updated={query.dataUpdatedAt}>
      {query.data.map((post) => (
        <li key={post.id} class="card">
          <h2>{post.title}</h2>
          <p>{post.body}</p>
          <p class="small">{post.author}, {day(post.published)}</p>
        </li>
      ))}
    </ul>
  );
}
