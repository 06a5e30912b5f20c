import { createQuery } from '@velox/query';
import { getPosts } from '$lib/posts';
import type { Post } from '$lib/types';

export default function InitialPosts({ posts }: { posts: Post[] }) {
  const query = createQuery({
    queryKey: ['posts', 'initial'],
    queryFn: getPosts,
    initialData: posts,
    staleTime: 60_000,
  });
  return (
    <ol id="initial-posts" class="small" data-updated={query.dataUpdatedAt}>
      {query.data?.map((post) => <li key={post.id}>{post.title}</li>)}
    </ol>
  );
}
