// The example dashboard, served and looked at: what its tests share.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startChromium, watchedPage } from './chromium.mjs';
import { repository } from './paths.mjs';
import { startServer } from './server.mjs';

export const dashboard = join(repository, 'examples/dashboard');

/** As velox.config.ts of the example has it. */
export const SITE = 'http://localhost:3700';

/** A server of the built example, and a browser for it. */
export async function open() {
  const server = await startServer(dashboard);
  const browser = await startChromium({ [new URL(SITE).host]: server.port });
  return {
    server,
    browser,
    async close() {
      await browser.close();
      await server.stop();
    },
    /**
     * Opens a path in a page of its own, hands it over with the requests that it made to endpoints, and then insists that
     * nothing went wrong in it but what is expected.
     */
    async visit(path, look, { prepare = async () => {}, expected = [], context = browser.context } = {}) {
      const { page, troubles } = await watchedPage(context);
      const asked = [];
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname}`);
      });
      try {
        await prepare(page);
        const response = await page.goto(SITE + path, { waitUntil: 'commit' });
        await look(page, { asked, response });
        assert.deepEqual(troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
      } finally {
        await page.close();
      }
    },
  };
}

/** Waits until every island of the page that can be seen is alive. */
export const settled = (page) =>
  page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('velox-island[i]:not([on="visible"], [on="media"])') === null);

/** The state of queries in a page's HTML. */
export function states(html) {
  const blocks = [...html.matchAll(/<script type="application\/json" data-velox-query="0">([^<]*)<\/script>/g)];
  return blocks.flatMap(([, json]) => JSON.parse(json));
}

/** Leaves the page and comes back to it, as far as it can tell. */
export const comeBack = (page) =>
  page.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }
  });

/** Lets the page's clock go ahead by milliseconds, without its timers. */
export const goAhead = (page, milliseconds) =>
  page.evaluate((milliseconds) => {
    const now = Date.now;
    Date.now = () => now() + milliseconds;
  }, milliseconds);
