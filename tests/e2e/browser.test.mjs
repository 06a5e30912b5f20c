// The example blog in Chromium: what a visitor sees. Screenshots go to `tests/.tmp/`. Expects `examples/blog` to be built.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { blog, temporary } from './support/paths.mjs';
import { startServer } from './support/server.mjs';

const SITE = 'http://localhost:3700'; // as velox.config.ts has it

const PAGES = [
  ['front', '/', 'Small notes on things that last'],
  ['blog', '/blog', 'Blog'],
  ['search', '/blog?q=index', 'Posts about “index”'],
  ['post', '/blog/sixty-six-characters', 'Sixty-six characters'],
  ['archive', '/archive/2', 'Archive'],
  ['topics', '/tags', 'Topics'],
  ['topic', '/tags/http', 'HTTP'],
  ['features', '/features', 'Features'],
  ['products', '/products', 'Products'],
  ['about', '/about', 'About'],
  ['stream', '/stream', 'What readers say'],
  ['account', '/account', 'Mara Lindqvist'],
];

let server;
let browser;

before(async () => {
  server = await startServer(blog);
  browser = await startChromium({ [new URL(SITE).host]: server.port });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a path in a page of its own, hands it over, and then insists that nothing went wrong in it. */
async function visit(path, look) {
  const { page, troubles } = await watchedPage(browser.context);
  try {
    const response = await page.goto(SITE + path, { waitUntil: 'load' });
    await look(page, response);
    assert.deepEqual(troubles, []);
  } finally {
    await page.close();
  }
}

const style = (page, selector, property) =>
  page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

for (const [name, path, heading] of PAGES) {
  test(`${path} has one heading, a menu, and nothing fails in it`, async () => {
    await visit(path, async (page, response) => {
      assert.equal(response.status(), 200);
      assert.equal(await page.locator('h1').count(), 1);
      assert.match((await page.locator('h1').innerText()).replace(/\s+/g, ' '), new RegExp(heading));
      assert.equal(await page.locator('nav[aria-label="Main"] a').count(), 7);
      assert.equal(await page.locator('main').count(), 1);
      assert.match(await page.title(), /Velox Blog$/);
      // The one script is that of pages whose content comes later.
      assert.equal(await page.locator('script:not([type$="json"])').count(), path === '/stream' ? 1 : 0);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      await page.screenshot({ path: join(temporary, `${name}.png`), fullPage: true });
    });
  });

  test(`${path} fits a small screen`, async () => {
    await visit(path, async (page) => {
      await page.setViewportSize({ width: 360, height: 740 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `the page is ${width} pixels wide`);
      await page.screenshot({ path: join(temporary, `${name}-small.png`), fullPage: true });
    });
  });
}

test('the menu marks the page one is on', async () => {
  const marked = async (path) => {
    let text;
    await visit(path, async (page) => {
      const active = page.locator('nav[aria-label="Main"] [aria-current="page"]');
      assert.equal(await active.count(), 1);
      assert.match(await active.getAttribute('class'), /\bactive\b/);
      assert.notEqual(await style(page, 'nav[aria-label="Main"] .active', 'border-block-end-color'), 'rgba(0, 0, 0, 0)');
      text = await active.innerText();
    });
    return text;
  };
  assert.equal(await marked('/'), 'Home');
  assert.equal(await marked('/blog'), 'Blog');
  assert.equal(await marked('/blog/stale-is-a-feature'), 'Blog');
  assert.equal(await marked('/archive/2'), 'Archive');
  assert.equal(await marked('/tags/sql'), 'Topics');
});

test('a style block applies to its own file and to nothing else', async () => {
  await visit('/', async (page) => {
    assert.equal(await style(page, '.card', 'display'), 'flex');
    assert.equal(await style(page, '.columns', 'display'), 'grid');
    assert.equal(await style(page, '.latest li', 'display'), 'grid');
    // The same class names, put where the style blocks do not reach.
    const [card, panel] = await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<div class="card" id="c"></div><ul class="latest"><li id="l"></li></ul>');
      return ['c', 'l'].map((id) => getComputedStyle(document.getElementById(id)).display);
    });
    assert.equal(card, 'block');
    assert.equal(panel, 'list-item');
  });
  // `li::before` of the features page numbers its own list, not the menu.
  await visit('/features', async (page) => {
    const before = (selector) =>
      page.locator(selector).first().evaluate((element) => getComputedStyle(element, '::before').content);
    assert.match(await before('.features li'), /counter/);
    assert.equal(await before('.menu li'), 'none');
  });
});

test('the text of a post is styled although it came from the database', async () => {
  await visit('/blog/an-index-is-a-promise-about-order', async (page) => {
    const family = await style(page, '.prose p', 'font-family');
    assert.match(family, /Palatino/);
    assert.equal(await style(page, '.prose pre', 'overflow-x'), 'auto');
    const gap = await page.locator('.prose h2').first().evaluate((element) => parseFloat(getComputedStyle(element).marginTop));
    assert.ok(gap > 20, `${gap}`);
  });
});

test('light and dark follow the visitor, with enough contrast in both', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await visit('/blog/a-dark-theme-is-not-an-inverted-one', async (page) => {
      await page.emulateMedia({ colorScheme });
      const background = luminance(await style(page, 'body', 'background-color'));
      assert.ok(colorScheme === 'light' ? background > 0.8 : background < 0.05, `${colorScheme}: ${background}`);
      for (const selector of ['main h1', '.prose p', '.byline', '.menu a']) {
        const ratio = contrast(luminance(await style(page, selector, 'color')), background);
        assert.ok(ratio >= 4.5, `${colorScheme} ${selector}: ${ratio.toFixed(2)}`);
      }
      await page.screenshot({ path: join(temporary, `post-${colorScheme}.png`), fullPage: true });
    });
  }
});

test('a visitor searches without script: types, presses Enter, goes back', async () => {
  await visit('/', async (page) => {
    await page.getByLabel('Search the posts').fill('index');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/blog?q=index');
    assert.equal(await page.getByRole('article').count(), 3);
    assert.equal(await page.getByLabel('Search', { exact: true }).inputValue(), 'index');
    await page.getByRole('link', { name: 'The log comes first' }).click();
    await page.waitForURL('**/blog/the-log-comes-first');
    await page.goBack();
    assert.equal(await page.getByRole('article').count(), 3);
  });
});

test('what a reader wrote stays text', async () => {
  await visit('/blog/escape-where-you-print', async (page) => {
    assert.match(await page.locator('.comments').innerText(), /<script>alert\("hello"\)<\/script>/);
    assert.equal(await page.locator('.comments script, .comments b').count(), 0);
  });
});

test('choosing an author posts a form and is remembered', async () => {
  await visit('/account', async (page) => {
    await page.getByLabel('Author').selectOption({ label: 'Tomás Okafor' });
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.waitForURL('**/account');
    await page.getByRole('heading', { level: 1, name: /Tomás Okafor/ }).waitFor();
  });
  await browser.context.clearCookies();
});

test('the skip link is the first thing a keyboard finds', async () => {
  await visit('/about', async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).hash, '#content');
  });
});

test('a missing page is a friendly one', async () => {
  const { page } = await watchedPage(browser.context);
  const response = await page.goto(`${SITE}/no-such-page`);
  assert.equal(response.status(), 404);
  assert.equal(await page.locator('h1').innerText(), 'This page is not here');
  await page.screenshot({ path: join(temporary, 'missing.png'), fullPage: true });
  await page.close();
});

/** Relative luminance of `rgb(r, g, b)`, as WCAG defines it. */
function luminance(color) {
  const [r, g, b] = color.match(/[\d.]+/g).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
