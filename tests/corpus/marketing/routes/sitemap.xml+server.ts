import { allPosts } from '$lib/posts';
import { customers } from '$lib/customers';

const fixed = ['/', '/product', '/pricing', '/customers', '/about'];

export async function GET() {
  const posts = await allPosts();
  const all = [...fixed, ...customers.map(({ slug }) => `/customers/${slug}`), ...posts.map(({ slug }) => `/blog/post/${slug}`)];
  const xml = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${all.map((path) => `<url><loc>https://drift.example${path}</loc></url>`).join('')}</urlset>`;
  return new Response(xml, { headers: { 'content-type': 'application/xml' } });
}
