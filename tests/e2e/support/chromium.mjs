// Starts the Chromium that is installed on this machine. It never skips: without a browser the test fails.
import { existsSync, rmSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { freshFolder } from './veloxc.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A browser with a profile of its own; `close` removes the profile too. `sites` maps a host with its port, as a
 * project's configuration names it, to the port where the test serves it.
 */
export async function startChromium(sites = {}) {
  const executablePath = process.env.VELOX_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `no browser at ${executablePath}: install one (\`apt-get install chromium\`), or name it in VELOX_CHROMIUM`,
    );
  }
  const rules = Object.entries(sites).map(([site, port]) => `MAP ${site} 127.0.0.1:${port}`);
  const profile = freshFolder('profile');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...FLAGS, `--host-resolver-rules=${rules.join(', ')}`],
    viewport: { width: 1200, height: 800 },
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A page that remembers everything that went wrong in it: console errors, exceptions, failed requests. */
export async function watchedPage(context) {
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  return { page, troubles };
}
