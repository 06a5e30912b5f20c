import { defineConfig } from 'velox';

export default defineConfig({ site: 'http://localhost:3700' });
