// `velox/client` in Chromium: signals and hooks, pages of the browser, and navigation without a reload. The site is made on the fly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchedPage } from './support/chromium.mjs';
import { clientSite } from './support/client-site.mjs';
import { servedSite } from './support/served-site.mjs';

const site = servedSite(() => clientSite());

/**
 * Opens a path, hands the page over with the paths of documents that were asked for, and insists that nothing went wrong but what
 * is expected. `mark` in the window tells whether the document is still the first one.
 */
async function visit(path, look, { expected = [] } = {}) {
  const { page, troubles } = await watchedPage(site.browser.context);
  const asked = [];
  page.on('request', (request) => asked.push(`${request.isNavigationRequest() ? 'document' : 'fetch'} ${new URL(request.url()).pathname}`));
  try {
    await page.goto(site.server.origin + path, { waitUntil: 'load' });
    await page.evaluate(() => (window.mark = true));
    await look(page, asked);
    const real = troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
    assert.deepEqual(real, []);
  } finally {
    await page.close();
  }
}

const alive = (page) => page.locator('velox-island:not([i]) #counts').waitFor();
const text = async (page, selector) => (await page.locator(selector).innerText()).trim();
const renders = (page) => page.evaluate(() => window.renders());
const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const stayed = (page) => page.evaluate(() => window.mark === true);

test('X3 a signal in a text updates its node alone; one that the body reads renders the component again', async () => {
  await visit('/', async (page) => {
    await alive(page);
    const first = await renders(page);
    const node = await page.locator('#fine').evaluateHandle((element) => element.firstChild);
    await page.click('#add');
    await page.click('#add');
    assert.equal(await text(page, '#fine'), '2');
    assert.equal(await text(page, '#double'), '4');
    assert.equal(await renders(page), first);
    assert.ok(await page.locator('#fine').evaluate((element, node) => element.firstChild === node, node));
    await page.click('#render');
    assert.equal(await text(page, '#coarse'), '1');
    assert.equal(await renders(page), first + 1);
    // What the body made is what it was.
    assert.equal(await text(page, '#fine'), '2');
    await page.click('#raise');
    await page.click('#add');
    assert.equal(await text(page, '#fine'), '4');
  });
});

test('a computed value follows the props that it captures', async () => {
  await visit('/', async (page) => {
    await alive(page);
    assert.equal(await text(page, '#product'), '0');
    await page.click('#render');
    await page.waitForFunction(() => document.querySelector('#product').textContent === '2');
    await page.click('#render');
    await page.waitForFunction(() => document.querySelector('#product').textContent === '4');
  });
});

test("a signal of an imported hook stays, for each component its own, and no request sees another's", async () => {
  const html = async (start) => (await fetch(`${site.server.origin}/hooks?start=${start}`)).text();
  const [three, ten, again] = await Promise.all([html(3), html(10), html(3)]);
  // What one rendering makes and writes, no other sees.
  for (const [page, start] of [[three, 3], [ten, 10], [again, 3]]) {
    assert.match(page, new RegExp(`id="one">${start} ${start * 2} 1 0</b>`));
    assert.match(page, new RegExp(`id="two">${start + 1} ${(start + 1) * 2} 1 0</b>`));
  }
  await visit('/hooks?start=3', async (page) => {
    await page.locator('velox-island:not([i]) #one').waitFor();
    const shown = () => Promise.all(['#one', '#two'].map((selector) => text(page, selector)));
    assert.deepEqual(await shown(), ['3 6 1 0', '4 8 1 0']);
    await page.click('#add-one');
    await page.click('#add-one');
    await page.click('#add-two');
    assert.deepEqual(await shown(), ['5 10 1 0', '5 10 1 0']);
    // The component renders again, and all hooks keep what they have.
    await page.click('#render-one');
    await page.click('#render-one');
    assert.deepEqual(await shown(), ['5 10 1 2', '5 10 1 0']);
    assert.deepEqual(await page.evaluate(() => window.mounts), ['mount 3', 'mount 4']);
    await page.click('#leave');
    await page.waitForFunction(() => window.mounts.length === 3);
    assert.deepEqual(await page.evaluate(() => window.mounts), ['mount 3', 'mount 4', 'unmount 4']);
    // One that comes again begins anew.
    await page.click('#leave');
    assert.deepEqual(await shown(), ['5 10 1 2', '4 8 1 0']);
  });
});

test('hooks run when a component comes, changes and goes', async () => {
  await visit('/', async (page) => {
    await alive(page);
    const log = () => page.evaluate(() => window.log.splice(0));
    assert.deepEqual(await log(), ['effect 0', 'mount counts']);
    await page.click('#add');
    assert.deepEqual(await log(), ['end 1', 'effect 1']);
    await page.click('#render');
    await page.waitForFunction(() => window.log.includes('update 1'));
    assert.deepEqual(await log(), ['update 1']);
    await page.click('#long');
    await heading(page, 'Long');
    assert.deepEqual((await log()).sort(), ['destroy', 'end 1', 'unmount']);
  });
});

test('a persisted signal keeps its value over a reload', async () => {
  await visit('/', async (page) => {
    await alive(page);
    assert.equal(await text(page, '#dark'), 'light');
    await page.click('#dark');
    assert.equal(await text(page, '#dark'), 'dark');
    await page.reload();
    await page.waitForFunction(() => document.querySelector('#dark').textContent === 'dark');
    await page.evaluate(() => localStorage.clear());
    // What the page was loading when it was reloaded.
  }, { expected: [/ERR_ABORTED/] });
});

test('both components of the documents run as they stand there', async () => {
  await visit('/', async (page) => {
    await page.locator('#dashboard', { hasText: '42 visits' }).waitFor();
    assert.equal(await text(page, '#dashboard'), '42 visits');
    await page.locator('#products li').first().waitFor();
    assert.deepEqual(await page.locator('#products li').allInnerTexts(), ['Sencha', 'Oolong']);
  });
});

test('context, memo, lazy, boundaries, values that load, the head', async () => {
  await visit('/kit', async (page) => {
    await page.locator('#tea', { hasText: 'success tea 1' }).waitFor();
    assert.deepEqual(await page.locator('#rows li').allInnerTexts(), ['a dark', 'b dark']);
    assert.equal(await page.title(), 'Kit 1');
    assert.equal(await text(page, '#runs'), '1');
    // HTML of the server stays until the component is there, and is then alive.
    await page.locator('.heavy').click();
    await page.locator('.heavy', { hasText: 'first 1' }).waitFor();
    assert.equal(await page.locator('.heavy').count(), 1);
    const rows = await page.evaluate(() => window.rows());
    await page.click('#next');
    await page.locator('#tea', { hasText: 'success tea 2' }).waitFor();
    assert.deepEqual(await page.locator('#rows li').allInnerTexts(), ['a dark', 'b dark', 'c2 dark']);
    // What is made of the same props is not rendered again.
    assert.equal(await page.evaluate(() => window.rows()), rows + 1);
    assert.equal(await page.title(), 'Kit 2');
    assert.equal(await text(page, '#runs'), '2');
    await page.click('#next');
    await page.locator('#tea', { hasText: 'error tea 2' }).waitFor();
    await page.click('#show');
    await page.locator('#soon').waitFor();
    await page.locator('.heavy', { hasText: 'second 0' }).click();
    await page.locator('.heavy', { hasText: 'second 1' }).waitFor();
    assert.equal(await page.locator('#soon').count(), 0);
    assert.equal(await text(page, '.heavy >> nth=0'), 'first 1');
  });
});

test('what stands beside something that loads is out of sight meanwhile, and keeps its state', async () => {
  await visit('/beside', async (page) => {
    await page.locator('velox-island:not([i])').waitFor();
    await page.fill('#typed', 'kept');
    await page.click('#raise');
    await page.click('#show');
    await page.waitForSelector('#soon');
    assert.equal(await page.locator('#field').isVisible(), false);
    assert.doesNotMatch(await text(page, '#beside'), /some text/);
    await page.waitForSelector('.heavy');
    assert.equal(await page.locator('#soon').count(), 0);
    assert.equal(await page.locator('#field').evaluate((one) => one.style.display), 'flex');
    assert.deepEqual(await page.locator('.heavy').allInnerTexts(), ['one 0', 'two 0']);
    assert.match(await text(page, '#beside'), /^some text/);
    assert.equal(await page.inputValue('#typed'), 'kept');
    await page.click('#raise');
    assert.equal(await text(page, '#raise'), '2');
    assert.equal(await page.evaluate(() => window.fields), 1);
  });
});

test('M5 a page of the browser: loading, then the page; its block runs once, its signals are watched', async () => {
  await visit('/browser/x%20y', async (page) => {
    await page.locator('#loading').waitFor();
    await heading(page, 'Browser x y');
    assert.equal(await page.locator('#loading').count(), 0);
    assert.equal(await page.title(), 'Browser x y');
    assert.equal(await page.locator('meta[name=description]').getAttribute('content'), 'rendered there');
    assert.equal(await text(page, '#state'), 'mounted');
    assert.equal(await text(page, '#tile'), 'ONE');
    assert.equal(await text(page, '#few'), 'few');
    await page.click('#more');
    await page.click('#more');
    assert.equal(await text(page, '#more'), '2');
    assert.equal(await text(page, '#many'), 'many one two');
    assert.equal(await page.evaluate(() => window.seen), 2);
    await page.click('#add');
    assert.equal(await text(page, '#fine'), '1');
  });
});

test('a .tsx page of the browser', async () => {
  await visit('/sync', async (page) => {
    await page.locator('#sync').waitFor();
    assert.equal(await page.title(), 'Sync');
    assert.equal(await text(page, '#sync'), '/sync 2');
    await page.click('#sync');
    assert.equal(await text(page, '#sync'), '/sync 4');
    await page.click('#sync');
    assert.equal(await text(page, '#enough'), 'enough');
  });
});

test('a link shows the next page in the same document: title, styles, scripts, islands', async () => {
  await visit('/', async (page) => {
    await page.fill('#note', 'kept');
    const colour = () => page.locator('h1').evaluate((element) => getComputedStyle(element).color);
    await page.click('#tea');
    await heading(page, 'Post tea');
    assert.ok(await stayed(page));
    assert.equal(new URL(page.url()).pathname, '/posts/tea');
    assert.equal(await page.title(), 'Post tea');
    assert.equal(await colour(), 'rgb(1, 2, 3)');
    await page.locator('velox-island:not([i]) #where').waitFor();
    assert.equal(await text(page, '#where span'), '/posts/tea tea');
    await page.waitForFunction(() => window.ran === 1 && window.inline === 1);
    assert.equal(await page.inputValue('#note'), 'kept');
    await page.click('#home');
    await heading(page, 'Home');
    await alive(page);
    await page.click('#add');
    assert.equal(await text(page, '#fine'), '1');
    assert.notEqual(await colour(), 'rgb(1, 2, 3)');
    assert.equal(await page.evaluate(() => window.ended), 1);
    assert.ok(await stayed(page));
    assert.equal(await page.locator('meta[charset]').count(), 1);
  });
});

test('back and forward bring the place back', async () => {
  await visit('/long', async (page) => {
    await page.evaluate(() => scrollTo(0, 1200));
    await page.waitForFunction(() => history.state?.velox?.y === 1200);
    await page.evaluate(() => document.querySelector('#tea').click());
    await heading(page, 'Post tea');
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goBack();
    await heading(page, 'Long');
    await page.waitForFunction(() => scrollY === 1200);
    await page.goForward();
    await heading(page, 'Post tea');
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.ok(await stayed(page));
  });
});

test('a place in the next page is gone to', async () => {
  await visit('/', async (page) => {
    await page.click('#to-end');
    await heading(page, 'Long');
    assert.equal(new URL(page.url()).hash, '#end');
    assert.ok((await page.evaluate(() => scrollY)) > 1000);
    assert.ok(await stayed(page));
  });
});

test('the focus begins at the start of the new page, and its title is announced', async () => {
  await visit('/', async (page) => {
    await page.focus('#tea');
    await page.keyboard.press('Enter');
    await heading(page, 'Post tea');
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await page.waitForFunction(() => document.querySelector('[aria-live=assertive]')?.textContent === 'Post tea');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'home');
  });
});

test('pages are fetched when a pointer rests on their link, and as links say', async () => {
  await visit('/plain', async (page, asked) => {
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/early')));
    assert.equal(asked.filter((one) => one === 'fetch /early').length, 1);
    await page.hover('#long');
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/long')));
    await page.click('#long');
    await heading(page, 'Long');
    assert.equal(asked.filter((one) => one.endsWith(' /long')).length, 1);
    await page.hover('#slow');
    await page.waitForTimeout(200);
    assert.ok(!asked.includes('fetch /slow'));
  });
});

test('the router of a component: push, replace, back, refresh, params and query', async () => {
  await visit('/posts/tea', async (page, asked) => {
    const ready = () => page.locator('velox-island:not([i]) #where').waitFor();
    await ready();
    await page.click('#push');
    await heading(page, 'Post green');
    await ready();
    assert.equal(await text(page, '#where span'), '/posts/green green 1');
    await page.click('#replace');
    await heading(page, 'Post black');
    await ready();
    await page.click('#back');
    await heading(page, 'Post tea');
    await ready();
    const before = asked.length;
    await page.click('#refresh');
    await page.waitForFunction(() => window.inline >= 5);
    assert.ok(asked.slice(before).includes('fetch /posts/tea'));
    await ready();
    await page.click('#inner');
    await heading(page, 'Long');
    assert.ok(await stayed(page));
  });
});

test('redirects, streamed pages and pages of the browser are gone to', async () => {
  await visit('/', async (page) => {
    await page.click('#moved');
    await heading(page, 'Post oolong');
    assert.equal(new URL(page.url()).pathname, '/posts/oolong');
    await page.click('#slow');
    await heading(page, 'Slow');
    await page.locator('#wait').waitFor();
    await page.locator('#late', { hasText: 'arrived' }).waitFor();
    assert.equal(await page.locator('#wait').count(), 0);
    await page.click('#browser');
    await heading(page, 'Browser a b');
    await page.click('#more');
    assert.equal(await text(page, '#more'), '1');
    await page.click('#home');
    await heading(page, 'Home');
    await page.click('#browser');
    await heading(page, 'Browser a b');
    assert.equal(await text(page, '#more'), '0');
    assert.ok(await stayed(page));
  });
});

test('what is no page of the site is left to the browser; error pages are shown', async () => {
  // What turns out to be a file is left to the browser, which asks for it again.
  // What its page was asking for when it was left is given up.
  const expected = [/404/, /(?:file\.txt|\/stats) net::ERR_ABORTED/];
  await visit('/', async (page) => {
    await page.click('#gone');
    await page.waitForURL('**/gone');
    assert.match(await page.locator('body').innerText(), /not found/i);
    await page.goto(site.server.origin + '/');
    await page.click('#file');
    await page.waitForURL('**/file.txt');
    assert.equal(await page.locator('body').innerText(), 'a file');
  }, { expected });
  await visit('/', async (page) => {
    await page.route('**/long', (route) => (route.request().isNavigationRequest() ? route.continue() : route.abort()));
    await page.click('#long');
    await heading(page, 'Long');
    assert.equal(await stayed(page), false);
  }, { expected: [/failed/, /Failed to load/] });
});

test('clicks that mean something else, and links that are none of the router, are left alone', async () => {
  await visit('/', async (page) => {
    const [other] = await Promise.all([site.browser.context.waitForEvent('page'), page.click('#long', { modifiers: ['Control'] })]);
    await other.close();
    assert.equal(new URL(page.url()).pathname, '/');
    await page.click('#plain');
    await heading(page, 'Plain');
    assert.equal(await stayed(page), false);
  });
});

test('the last of several clicks counts', async () => {
  await visit('/', async (page) => {
    await page.evaluate(() => {
      document.querySelector('#slow').click();
      document.querySelector('#long').click();
      document.querySelector('#tea').click();
    });
    await heading(page, 'Post tea');
    await page.waitForTimeout(300);
    assert.equal(await text(page, 'h1'), 'Post tea');
    assert.equal(await page.evaluate(() => history.length), 3);
    // What nobody wants any longer is given up.
  }, { expected: [/ERR_ABORTED/] });
});

test('pages change in a view transition, unless less motion is wanted', async () => {
  const count = () => {
    const start = document.startViewTransition;
    window.transitions = 0;
    document.startViewTransition = function (...given) {
      window.transitions++;
      return start.apply(this, given);
    };
  };
  for (const [reducedMotion, wanted] of [['no-preference', 1], ['reduce', 0]]) {
    await visit('/', async (page) => {
      await page.emulateMedia({ reducedMotion });
      await page.evaluate(count);
      await page.click('#tea');
      await heading(page, 'Post tea');
      assert.equal(await page.evaluate(() => window.transitions), wanted);
    });
  }
});

test('without JavaScript every link works', async () => {
  const context = await site.browser.context.browser()?.newContext({ javaScriptEnabled: false });
  if (context === undefined) {
    // A persistent context has no browser of its own to ask: scripts are switched off for one page.
    const page = await site.browser.context.newPage();
    const session = await site.browser.context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await follow(page);
    await page.close();
    return;
  }
  await follow(await context.newPage());
  await context.close();
});

async function follow(page) {
  await page.goto(site.server.origin + '/');
  await page.click('#tea');
  await page.waitForURL('**/posts/tea');
  assert.equal(await page.locator('h1').innerText(), 'Post tea');
  await page.click('#long');
  await page.waitForURL('**/long');
}

test('a page without links of the router loads no router', async () => {
  const html = (await site.server.get('/api/products')).text;
  assert.doesNotMatch(html, /router/);
  const { text: page } = await site.server.get('/sync');
  assert.match(page, /data-velox-router/);
});
