// What a user does with the extension, in VS Code's own workbench: `npm run test:workbench -- --binary PATH` (a `velox-lsp`), or
// `--vsix PATH`. Installs code-server the first time (`setup.mjs`). Screenshots go to `target/workbench/shots/`.
import assert from 'node:assert/strict';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pack } from '../../scripts/package.mjs';
import { startWorkbench } from './workbench.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const { values } = parseArgs({ options: { binary: { type: 'string' }, vsix: { type: 'string' } } });
const built = process.platform === 'win32' ? 'velox-lsp.exe' : 'velox-lsp';
const shots = join(repository, 'target/workbench/shots');

let workbench;
let page;
let failed = false;

before(async () => {
  const binary = values.binary ?? join(repository, 'target/release', built);
  const vsix = values.vsix ? resolve(values.vsix) : await pack({ binary, out: join(repository, 'target/workbench/velox.vsix') });
  workbench = await startWorkbench({ vsix, shots });
  page = workbench.page;
});

after(() => workbench?.close());

/** One thing that a user does. What follows it is not tried where it fails: the editor is in another state then. */
function step(name, body) {
  test(name, async (context) => {
    if (failed) return context.skip('a step before it failed');
    try {
      await body(context);
    } catch (error) {
      failed = true;
      await workbench?.shot(`failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

const routes = '.tree-explorer-viewlet-tree-view .monaco-list-row, .customview-tree .monaco-list-row';
const squiggles = '.editor-instance .squiggly-error';

step('the extension starts its server: route, mode and links stand above a page', async () => {
  await workbench.open('routes/about.velox');
  await workbench.sees('.codelens-decoration', '/about', 60_000);
  await workbench.sees('.statusbar-item', 'Velox ssg');
});

step('the file is coloured by region', async () => {
  const colours = await page.locator('.view-lines span[class^="mtk"]').evaluateAll((all) => new Set(all.map((one) => one.className)).size);
  assert.ok(colours > 6, `${colours} colours`);
});

step('a broken line has a squiggle and a line in the Problems panel', async () => {
  await workbench.goTo('<h1>About</h1>', true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('<p>', { delay: 15 });
  // It is closed as it is typed.
  await workbench.sees('.view-line', '<p></p>');
  await page.waitForTimeout(300);
  await page.keyboard.type('{organization.name', { delay: 15 });
  await page.keyboard.press('Escape');
  await page.waitForSelector(squiggles);
  await workbench.command('View: Focus Problems');
  const row = await workbench.sees('.markers-panel .monaco-list-row', 'organization');
  assert.match(row, /VX\d{4}/);
  await workbench.shot('problems');
});

step('the hover over the mistake tells it, with a link to its page', async () => {
  await workbench.command('View: Hide Panel');
  await workbench.goTo('organization.name');
  await workbench.command('Show or Focus Hover');
  const text = await workbench.sees('.monaco-hover', 'organization');
  assert.match(text, /VX\d{4}/);
  await workbench.shot('hover');
  await page.keyboard.press('Escape');
});

step('a quick fix mends it', async () => {
  await workbench.goTo('organization.name');
  await page.keyboard.press('Control+.');
  await workbench.sees('.action-widget', 'organisation');
  await workbench.shot('quick-fix');
  await page.keyboard.press('Enter');
  await workbench.until('the fix', async () => (await workbench.text()).includes('{organisation.name}'));
  await workbench.until('no squiggle', async () => (await page.locator(squiggles).count()) === 0);
});

step('a completion brings a component with its import', async () => {
  await workbench.goTo('<p>{organisation.name}</p>', true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('<TagL', { delay: 40 });
  await workbench.sees('.suggest-widget .monaco-list-row', 'TagList');
  await workbench.shot('completion');
  await page.keyboard.press('Enter');
  await workbench.until('the import', async () => (await workbench.text()).includes("import TagList from '$components/TagList.velox';"));
  for (const _ of [1, 2]) await page.keyboard.press('Control+Z');
});

step('a name is renamed wherever it stands', async () => {
  await workbench.goTo('const organisation', true);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input').first();
  await input.waitFor({ state: 'visible' });
  await input.fill('company');
  await workbench.shot('rename');
  await page.keyboard.press('Enter');
  await workbench.until('the new name', async () => {
    const text = await workbench.text();
    return text.includes('const company =') && text.includes('{company.name}') && !text.includes('organisation');
  });
});

step('the file is formatted', async () => {
  await workbench.goTo('const company', true);
  await page.keyboard.type('      ', { delay: 10 });
  await page.keyboard.press('Escape');
  await workbench.until('what was typed', async () => (await workbench.text()).includes('const company       ='));
  await workbench.command('Format Document');
  // Not by way of the clipboard: an editor formats no more once its cursor moves.
  await workbench.sees('.view-line', 'const company = {');
});

step('CSS in a style sheet is completed and explained by VS Code', async () => {
  await workbench.open('components/Card.velox');
  await workbench.goTo('.excerpt {', true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('text-trans', { delay: 40 });
  await workbench.sees('.suggest-widget .monaco-list-row', 'text-transform');
  await workbench.shot('css');
  await page.keyboard.press('Escape');
  await workbench.goTo('border-block-start');
  await workbench.command('Show or Focus Hover');
  await workbench.sees('.monaco-hover', 'border');
  await page.keyboard.press('Escape');
  for (const _ of [1, 2, 3]) await page.keyboard.press('Control+Z');
});

step('Emmet works in markup and in styles, once', async () => {
  await workbench.open('routes/features.velox');
  await workbench.goTo('</h1>', true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('ul>li*2', { delay: 60 });
  await workbench.sees('.suggest-widget .monaco-list-row', 'ul>li*2');
  assert.equal((await page.locator('.suggest-widget .monaco-list-row').allInnerTexts()).filter((text) => text.includes('ul>li*2')).length, 1);
  await page.keyboard.press('Tab');
  await workbench.sees('.view-line', '<li></li>');
  await page.keyboard.press('Escape');
  await workbench.goTo('.features {', true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('m10', { delay: 60 });
  await workbench.sees('.suggest-widget .monaco-list-row', 'margin: 10px;');
  await page.keyboard.press('Escape');
});

step('comments are those of the region', async () => {
  await workbench.open('routes/stream.velox');
  for (const [words, expected] of [
    ['export const meta', /^\s*\/\/ export const meta/m],
    ['<h1', /<!-- <h1.*-->/],
  ]) {
    await workbench.goTo(words);
    await page.keyboard.press('Control+/');
    await workbench.until(`a comment before ${words}`, async () => expected.test(await workbench.text()));
    await workbench.goTo(words);
    await page.keyboard.press('Control+/');
  }
  // In code of the template, elements and the code itself.
  await workbench.goTo('</h1>', true);
  await page.keyboard.press('Enter');
  await page.evaluate((text) => navigator.clipboard.writeText(text), '{fastData.title}\n{[1, 2].map((one) => (\n  <b>\n    {one} of 2\n  </b>\n))}');
  await page.keyboard.press('Control+V');
  for (const [words, expected] of [
    ['{fastData.title}\n', /^<!-- \{fastData\.title\} -->$/m],
    ['{one} of 2', /^\s*\{\/\* \{one\} of 2 \*\/\}$/m],
  ]) {
    await workbench.goTo(words);
    await page.keyboard.press('Control+/');
    await workbench.until(`a comment around ${words}`, async () => expected.test(await workbench.text()));
  }
  await workbench.shot('comments');
});

step('a module of the project has findings of Velox, and what TypeScript says only once', async () => {
  await workbench.open('routes/api/health+server.ts');
  await workbench.goTo('/** Well');
  await page.keyboard.type('export const GTE = () => 1;', { delay: 10 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.editor-instance .squiggly-error, .editor-instance .squiggly-warning');
  await workbench.goTo('GTE');
  await workbench.command('Show or Focus Hover');
  const text = await workbench.sees('.monaco-hover', 'const GTE', 40_000);
  assert.match(text, /VX\d{4}/);
  assert.equal(text.split('const GTE').length, 2, text);
  await workbench.shot('module');
  await page.keyboard.press('Escape');
});

step('the emitted code stands beside the source and follows it', async () => {
  await workbench.open('routes/index.velox');
  await workbench.command('Velox: Show Emitted Code: Server');
  const code = '.editor-group-container:nth-child(1) ~ * .view-lines, .split-view-view:nth-child(2) .editor-instance .view-lines';
  await workbench.sees(code, 'export');
  await workbench.goTo('Small notes on things that last');
  await page.keyboard.type('Really ', { delay: 20 });
  await workbench.sees(code, 'Really Small notes', 30_000).catch(async (error) => {
    // The line may lie outside of what is drawn: the search finds it.
    const found = await page.locator(code).allInnerTexts();
    throw new Error(`${error.message}\n${found.join('\n---\n').slice(0, 3000)}`);
  });
  await workbench.shot('emitted');
});

step('the view of the routes has all of them with their modes', async () => {
  await workbench.command('Explorer: Focus on Velox Routes View');
  // The files make room for it.
  await page.locator('.pane-header', { hasText: 'blog' }).first().click();
  for (const line of ['/account', '/blog/:slug', '/old-blog/:slug']) await workbench.sees(routes, line);
  await workbench.shot('routes');
});

step('a new route has its file, and its line in the view', async () => {
  await workbench.command('Velox: New Route...');
  await workbench.answer('/news/:id');
  await workbench.choose('Page');
  await page.waitForSelector('.tab.active[data-resource-name="[id].velox"]');
  assert.match(await workbench.text(), /const \{ id \} = params;/);
  await workbench.sees(routes, '/news/:id');
  await workbench.sees('.statusbar-item', 'Velox ssr');
});

step('a server that crashed is started again', async () => {
  const before = workbench.servers();
  assert.equal(before.length, 1);
  process.kill(before[0], 'SIGKILL');
  await workbench.until('another server', () => workbench.servers().some((id) => !before.includes(id)));
  await workbench.goTo('<h1>');
  await page.keyboard.type('{nowhere}', { delay: 15 });
  await page.keyboard.press('Escape');
  await page.waitForSelector(squiggles);
});

step('the log says which server runs, and that it ended', async () => {
  await workbench.command('Velox: Show Log');
  await workbench.sees('.panel .view-lines', 'velox-lsp');
  await workbench.sees('.panel .view-lines', 'ended unexpectedly');
  await workbench.shot('log');
});

step('the walkthrough opens', async () => {
  await workbench.command('Velox: Get Started');
  await workbench.sees('.gettingStartedContainer', 'Make a route');
  await workbench.shot('walkthrough');
});
