import { defineConfig } from 'velox';

export default defineConfig({
  site: 'https://formulare.example',
  app: { trailingSlash: 'always' },
  server: { bodyLimit: 8 << 20 },
});
