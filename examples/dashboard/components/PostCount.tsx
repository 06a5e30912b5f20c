import { createQuery } from '@velox/query';
import { getPosts } from '$lib/posts';

/** Deeper in the page, with the same query and without a prop. */
export default function PostCount() {
  const posts = createQuery({ queryKey: ['posts'], queryFn: getPosts });
  return <span id="post-count" class="badge">{posts.data?.length ?? '?'} notes</span>;
}
