import { defineConfig } from 'velox';

export default defineConfig({
  site: 'https://atlas.example',
  app: { trailingSlash: 'never' },
  routes: { base: '/', exclude: ['**/*.md'] },
});
