import { defineConfig } from 'velox';

const site = 'https://drift.example';

export default defineConfig({ site, app: { trailingSlash: 'never' } });
