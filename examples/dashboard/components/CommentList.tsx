import type { Post } from '$lib/types';

export default async function CommentList({ postsPromise }: { postsPromise: Promise<Post[]> }) {
  const posts = await postsPromise;
  return (
    <ul id="comments" class="cards">
      {posts.map((post) => (
        <li class="card">
          <h2>{post.title}</h2>
          {post.comments.map((comment) => <p>“{comment.body}” <span class="small">{comment.author}</span></p>)}
        </li>
      ))}
    </ul>
  );
}
