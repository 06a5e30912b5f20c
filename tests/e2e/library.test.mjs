// What `velox/client` exports, each name as a component uses it, in Chromium. Signals, links and pages of the browser are in
// client.test.mjs as well.
import assert from 'node:assert/strict';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { watchedPage } from './support/chromium.mjs';
import { repository } from './support/paths.mjs';
import { freshFolder } from './support/veloxc.mjs';
import { servedSite } from './support/served-site.mjs';

const site = servedSite(() => {
  const folder = freshFolder('library');
  cpSync(join(repository, 'tests/e2e/fixtures/library'), folder, { recursive: true });
  symlinkSync(join(repository, 'runtime/node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
});

async function visit(path, look, { expected = [] } = {}) {
  const { page, troubles } = await watchedPage(site.browser.context);
  try {
    await page.goto(site.server.origin + path, { waitUntil: 'load' });
    await alive(page);
    await look(page);
    assert.deepEqual(troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
  } finally {
    await page.close();
  }
}

const alive = (page) => page.waitForFunction(() => document.querySelector('velox-island[i]') === null);
const text = async (page, selector) => (await page.locator(selector).innerText()).trim();
const shows = (page, selector, wanted) =>
  page.waitForFunction(([selector, wanted]) => document.querySelector(selector)?.innerText.trim() === wanted, [selector, wanted], { timeout: 5_000 });

test('a signal stands in texts and attributes, and changes them without a rendering', async () => {
  await visit('/bound', async (page) => {
    const state = () => page.evaluate(() => {
      const p = document.querySelector('#text');
      const field = document.querySelector('#field');
      return [p.textContent, document.querySelector('#classed').className, p.title, p.dataset.on, field.value];
    });
    assert.deepEqual(await state(), ['tea teatea tea', 'tea', 'teatea', 'false', 'tea']);
    assert.equal(await text(page, '#facts'), 'tea {"name":"tea"} tea 1');
    const first = await page.evaluate(() => window.bound.renders());
    await page.fill('#field', 'chai');
    // What is read by `untrack` is not watched.
    assert.deepEqual(await state(), ['chai chaichai tea', 'chai', 'chaichai', 'false', 'chai']);
    await page.click('#all');
    assert.deepEqual(await state(), ['x xx x', 'x', 'xx', 'true', 'x']);
    assert.equal(await page.evaluate(() => window.bound.renders()), first);
    // One that the body reads renders again, once for a batch.
    await page.evaluate(() => (window.bound.list.value = ['a', 'b']));
    await shows(page, '#facts', 'x {"name":"x"} x 2');
    assert.equal(await page.evaluate(() => window.bound.renders()), first + 1);
    const told = await page.evaluate(() => {
      const seen = [];
      const end = window.bound.name.subscribe((value) => seen.push(value));
      window.bound.name.value = 'y';
      end();
      window.bound.name.value = 'z';
      return seen;
    });
    assert.deepEqual(told, ['x', 'y']);
  });
});

test('a context has its default outside, and the value of the nearest provider, which may change', async () => {
  await visit('/themed', async (page) => {
    const all = () => Promise.all(['#outside', '#nearest', '#inner'].map((selector) => text(page, selector)));
    assert.deepEqual(await all(), ['none', 'light', 'inner']);
    await page.click('#theme');
    assert.deepEqual(await all(), ['none', 'dark', 'inner']);
  });
});

test('effects and hooks of a life are called in their order', async () => {
  await visit('/life', async (page) => {
    const log = () => page.evaluate(() => window.life.splice(0));
    await page.waitForFunction(() => window.life.includes('mounted'));
    assert.deepEqual(await log(), ['effect 0', 'mounted']);
    await page.click('#up');
    await shows(page, '#up', '1');
    assert.deepEqual((await log()).sort(), ['cleanup 1', 'effect 1', 'left', 'updated']);
    await page.click('#stop');
    await page.click('#up');
    await shows(page, '#up', '2');
    assert.deepEqual((await log()).sort(), ['cleanup 1', 'left', 'updated']);
    await page.click('#hide');
    await page.waitForFunction(() => document.querySelector('#up') === null);
    assert.deepEqual((await log()).sort(), ['destroyed', 'left']);
  });
});

test('a signal that loads: what it shows meanwhile, what fails, what is given up, and again', async () => {
  const aborted = (page) => page.evaluate(() => window.aborted ?? []);
  await visit('/loads', async (page) => {
    await shows(page, '#tea', 'success tea 1');
    await page.click('#next');
    await shows(page, '#tea', 'error tea 1 no tea 2');
    await page.click('#next');
    await shows(page, '#tea', 'loading tea 1 no tea 2');
    await page.click('#next');
    await shows(page, '#tea', 'success tea 4');
    assert.ok((await aborted(page)).includes(3));
    await page.click('#refetch');
    await page.waitForFunction(() => window.refetched === 'tea 4');
    await page.click('#gone');
    await page.waitForFunction(() => document.querySelector('#tea') === null);
    assert.ok((await aborted(page)).includes(4));
  }, { expected: [/404/, /ERR_ABORTED/] });
  assert.match(await (await fetch(`${site.server.origin}/loads`)).text(), /loading none yet/);
});

test('a kept value is the same in all islands of a page and in all windows, and after a reload', async () => {
  await visit('/kept', async (page) => {
    const all = (of) => Promise.all(['#one', '#two', '#three'].map((selector) => text(of, selector)));
    assert.deepEqual(await all(page), ['0 all', '0 all', '0 all']);
    const other = await site.browser.context.newPage();
    await other.goto(site.server.origin + '/kept');
    await alive(other);
    await page.click('#one-more');
    await shows(page, '#two', '1 all');
    await shows(page, '#three', '1 all');
    await shows(other, '#one', '1 all');
    await page.click('#three-shared');
    await page.click('#two-more');
    await shows(page, '#one', '2 all!');
    await shows(other, '#three', '2 all!');
    await other.click('#two-more');
    await shows(page, '#one', '3 all!');
    await other.close();
    await page.reload();
    await shows(page, '#one', '3 all!');
    await page.evaluate(() => localStorage.clear());
  });
});
