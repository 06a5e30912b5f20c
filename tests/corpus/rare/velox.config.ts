import { defineConfig } from 'velox';
export default defineConfig({ site: 'https://x.example' });
