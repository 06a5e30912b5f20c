import { countOf, formatDate } from '$lib/format';
import type { PostWithComments } from '$lib/types';

/** Posts with what readers say about them. It waits for its posts itself, so that a page need not. */
export default async function PostList({ postsPromise }: { postsPromise: Promise<PostWithComments[]> }) {
  const posts = await postsPromise;
  return (
    <ol class="post-list">
      {posts.map((post) => (
        <li>
          <p class="eyebrow">
            <time datetime={post.publishedAt}>{formatDate(post.publishedAt)}</time>
            {' · '}
            {countOf(post.comments.length, 'comment')}
          </p>
          <h2>
            <a href={`/blog/${post.slug}`}>{post.title}</a>
          </h2>
          {post.comments.map((comment) => (
            <blockquote>
              <p>{comment.body}</p>
              <p class="eyebrow">{comment.author}</p>
            </blockquote>
          ))}
        </li>
      ))}
    </ol>
  );
}
