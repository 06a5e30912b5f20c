import type { Post } from './types';

/** The notes, as the endpoint gives them. */
export const getPosts = (): Promise<Post[]> => fetch('/api/posts').then((response) => response.json());
