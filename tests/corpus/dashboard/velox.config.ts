import { defineConfig } from 'velox';

const production = 'https://ops.example';

export default defineConfig({
  site: production,
  app: { trailingSlash: 'ignore' },
  routes: { exclude: ['**/*.test.ts', '**/fixtures/**'] },
  server: { allowedHosts: ['ops.example', '*.ops.example'] },
});
