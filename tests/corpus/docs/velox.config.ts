import { defineConfig } from 'velox';

export default defineConfig({
  site: 'https://docs.lathe.example',
  routes: { exclude: ['drafts/**'] },
});
