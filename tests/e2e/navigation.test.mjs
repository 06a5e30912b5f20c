// Navigation that is interrupted, hurried, or slower than who navigates (docs/client.md), in Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchedPage } from './support/chromium.mjs';
import { clientSite } from './support/client-site.mjs';
import { servedSite } from './support/served-site.mjs';

const SITE = {
  'layouts/default.velox': `---
import { Link } from 'velox/client';
---
<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8" /><link rel="icon" href="data:," /></head>
  <body>
    <Link href="/" id="home">Home</Link> <Link href="/late" id="late-link">Late</Link> <Link href="/styled" id="styled">Styled</Link>
    <Link href="/other" id="other">Other</Link> <a href="#bottom" id="to-bottom">bottom</a>
    <slot />
  </body>
</html>
`,
  'routes/index.velox': '<h1>Home</h1>\n',
  'routes/other.velox': '<h1>Other</h1><p id="bottom">bottom</p>\n',
  'routes/styled.velox': '<h1>Styled</h1>\n<style>h1 { color: rgb(1, 2, 3) }</style>\n',
  'routes/late.velox': `---
import { Suspense } from 'velox';
export const config = { render: 'ssr' };
const later = new Promise<string>((resolve) => setTimeout(resolve, 1500, 'arrived'));
---
<h1>Late</h1>
<Suspense fallback={<p id="wait">waiting</p>}><p id="late">{later}</p><div style="height: 3000px"></div></Suspense>
<p id="bottom">bottom</p>
`,
};

const site = servedSite(() => clientSite(SITE));

async function visit(path, look) {
  const { page, troubles } = await watchedPage(site.browser.context);
  try {
    await page.goto(site.server.origin + path);
    await page.evaluate(() => (window.mark = true));
    await look(page);
    assert.equal(await page.evaluate(() => window.mark), true, 'the document was left');
    // A request that was given up is no trouble: another page was wanted.
    assert.deepEqual(troubles.filter((trouble) => !/ERR_ABORTED/.test(trouble)), []);
  } finally {
    await page.close();
  }
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const click = (page, id) => page.evaluate((id) => document.querySelector(id).click(), id);

test('a page that streams is shown as soon as its shell is there, also when its link was pointed at', async () => {
  await visit('/', async (page) => {
    const fetched = page.waitForRequest('**/late');
    await page.hover('#late-link');
    await fetched;
    await page.click('#late-link');
    await page.waitForSelector('#wait');
    assert.equal(await page.locator('#late').count(), 0);
    await page.waitForSelector('#late');
    assert.equal(await page.locator('#wait').count(), 0);
  });
});

test('a page that streamed while its link was pointed at is whole at once', async () => {
  await visit('/', async (page) => {
    await page.hover('#late-link');
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/late')));
    await page.evaluate(() => {
      window.waits = 0;
      const look = () => {
        window.waits += document.querySelectorAll('#wait').length;
        requestAnimationFrame(look);
      };
      look();
    });
    await page.click('#late-link');
    await page.waitForSelector('#late');
    assert.equal(await page.evaluate(() => window.waits), 0, 'no fallback was painted');
  });
});

test('a link to a place in the page does not cut off what is still to come of it', async () => {
  await visit('/', async (page) => {
    await click(page, '#late-link');
    await page.waitForSelector('#wait');
    await page.click('#to-bottom');
    await page.waitForSelector('#late');
    assert.equal(new URL(page.url()).hash, '#bottom');
  });
});

test('back brings the place back in a page that streams', async () => {
  await visit('/late', async (page) => {
    await page.waitForSelector('#late');
    await page.evaluate(() => scrollTo(0, 1400));
    await page.waitForFunction(() => history.state?.velox?.y === 1400);
    await click(page, '#other');
    await heading(page, 'Other');
    await page.goBack();
    await heading(page, 'Late');
    await page.waitForFunction(() => scrollY === 1400);
  });
});

test('a page that waits for its styles gives way to the next one', async () => {
  await visit('/', async (page) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const asked = page.waitForRequest('**/*.css');
    await page.route('**/*.css', async (route) => {
      await held;
      await route.continue();
    });
    await click(page, '#styled');
    await asked;
    await click(page, '#other');
    await heading(page, 'Other');
    // A page waits no longer than three seconds for its styles.
    await page.waitForTimeout(3300);
    release();
    assert.equal(await page.locator('h1').innerText(), 'Other');
    assert.equal(new URL(page.url()).pathname, '/other');
    assert.equal(await page.evaluate(() => history.length), 3);
  });
});

test('back and at once forward leaves the page as it was', async () => {
  await visit('/', async (page) => {
    await click(page, '#other');
    await heading(page, 'Other');
    await page.route('**/', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue().catch(() => {});
    });
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => document.documentElement.hasAttribute('data-velox-navigating'));
    await page.evaluate(() => history.forward());
    await page.waitForFunction(() => location.pathname === '/other');
    await page.waitForTimeout(600);
    assert.equal(await page.locator('h1').innerText(), 'Other');
    assert.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-velox-navigating')), false);
  });
});
