import { defineConfig } from 'velox';

export default defineConfig({
  site: 'https://kiln-and-thread.example',
  app: { trailingSlash: 'never' },
  server: { trustProxy: 1, bodyLimit: 2 * 1024 * 1024 },
});
