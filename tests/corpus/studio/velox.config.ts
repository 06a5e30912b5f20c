import { defineConfig } from 'velox';

export default defineConfig({
  site: 'https://studio.example',
  app: { trailingSlash: 'never' },
} satisfies Parameters<typeof defineConfig>[0]);
