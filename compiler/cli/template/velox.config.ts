import { defineConfig } from 'velox';

export default defineConfig({
  // The address of the finished site, without a slash at the end.
  site: 'http://localhost:3700',
  app: { trailingSlash: 'never' },
});
