// Draws `images/icon.png` from `images/file.svg`: shops want a bitmap. Needs Chromium, as the tests in a browser do.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const images = join(dirname(fileURLToPath(import.meta.url)), '../images');
const browser = await chromium.launch({
  executablePath: process.env.VELOX_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const drawing = readFileSync(join(images, 'file.svg'), 'utf8');
await page.setContent(
  `<style>body{margin:0;background:#16161d;display:grid;place-items:center;height:100vh}svg{width:190px}</style>${drawing}`,
);
await page.screenshot({ path: join(images, 'icon.png') });
await browser.close();
