// Starts VS Code's workbench with the packaged extension over a copy of the example blog, and drives it as a user would: keys, palette.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { setup } from './setup.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Settings under which nothing asks, updates or blinks. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.visible': false,
  'chat.commandCenter.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'files.autoSave': 'off',
  'git.enabled': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

async function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function until(what, look, time = 20_000) {
  const end = Date.now() + time;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${time / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The workbench in a browser. */
export async function startWorkbench({ vsix, shots }) {
  const server = setup();
  const folder = mkdtempSync(join(tmpdir(), 'velox-workbench-'));
  const project = join(folder, 'blog');
  const isSource = (path) => !/[\\/](node_modules|\.velox)([\\/]|$)/.test(path);
  cpSync(join(repository, 'examples/blog'), project, { recursive: true, filter: isSource });
  const data = join(folder, 'data');
  const extensions = join(folder, 'extensions');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify(SETTINGS));
  mkdirSync(shots, { recursive: true });
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', NODE_OPTIONS: '' };
  const main = join(server, 'lib/vscode/out/server-main.js');
  const install = ['--accept-server-license-terms', '--extensions-dir', extensions, '--install-extension', vsix];
  execFileSync(process.execPath, [main, ...install], { env, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const options = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const dirs = ['--user-data-dir', data, '--extensions-dir', extensions];
  const child = spawn(
    process.execPath,
    [join(server, 'out/node/entry.js'), '--bind-addr', `127.0.0.1:${port}`, ...options, ...dirs, project],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const browser = await chromium.launch({
    executablePath: process.env.VELOX_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);

  const close = async () => {
    await browser.close();
    child.kill();
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const url = `http://127.0.0.1:${port}/`;
    await until('code-server answers', async () => {
      if (child.exitCode !== null) throw new Error(`code-server ended: ${said}`);
      return fetch(`${url}healthz`).then((answer) => answer.ok, () => false);
    });
    await page.goto(`${url}?folder=${encodeURIComponent(project)}`);
    await page.waitForSelector('.monaco-workbench');
    await page.waitForSelector('.explorer-folders-view .monaco-list-row');
  } catch (error) {
    await close();
    throw error;
  }

  const workbench = {
    page,
    project,
    close,
    until,
    said: () => said,

    /** A picture of what is seen, once nothing slides any more. */
    async shot(name) {
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },

    /** Runs a command by its name in the palette. */
    async command(name) {
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget input').first();
      await input.waitFor({ state: 'visible' });
      await input.fill(`>${name}`);
      const row = page.locator('.quick-input-list .monaco-list-row').first();
      await until(`the command ${name}`, async () => (await row.textContent().catch(() => ''))?.includes(name.split(': ').at(-1)));
      await page.keyboard.press('Enter');
    },

    /** Types an answer to the question that is open. */
    async answer(words) {
      const input = page.locator('.quick-input-widget input').first();
      await input.waitFor({ state: 'visible' });
      await input.fill(words);
      await page.keyboard.press('Enter');
    },

    /** Takes an item of the list that is open. */
    async choose(label) {
      await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
    },

    /** The processes of the extension's language server. */
    servers() {
      const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
      const own = lines.filter((line) => line.includes(join(extensions, 'velox.velox-vscode')) && /server[\\/]velox-lsp/.test(line));
      return own.map((line) => Number.parseInt(line, 10));
    },

    /** Opens a file of the project. */
    async open(file) {
      await page.keyboard.press('Control+P');
      const input = page.locator('.quick-input-widget input').first();
      await input.waitFor({ state: 'visible' });
      await input.fill(file);
      const row = page.locator('.quick-input-list .monaco-list-row').first();
      await until(`the file ${file}`, async () => (await row.textContent().catch(() => ''))?.includes(file.split('/').at(-1)));
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.tab.active[data-resource-name="${file.split('/').at(-1)}"]`);
      await page.waitForSelector('.editor-instance .view-lines');
    },

    /** Puts the cursor on a line and column, from 1. */
    async go(line, column) {
      await page.keyboard.press('Control+G');
      const input = page.locator('.quick-input-widget input').first();
      await input.waitFor({ state: 'visible' });
      await input.fill(`:${line}:${column}`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
    },

    /** The text of the active editor, by way of the clipboard. */
    async text() {
      const empty = `nothing copied ${Math.random()}`;
      await page.evaluate((text) => navigator.clipboard.writeText(text), empty);
      let copied = empty;
      await until('the text of the editor', async () => {
        await page.keyboard.press('Control+1');
        await page.keyboard.press('Control+A');
        await page.keyboard.press('Control+C');
        await page.waitForTimeout(50);
        copied = await page.evaluate(() => navigator.clipboard.readText());
        return copied !== empty;
      });
      await page.keyboard.press('ArrowLeft');
      return copied.replace(/\r\n/g, '\n');
    },

    /** Where something first stands in the active editor, as `[line, column]` from 1. */
    async find(words, behind = false) {
      const text = await workbench.text();
      const at = text.indexOf(words);
      if (at < 0) throw new Error(`there is no ${words} in\n${text}`);
      const before = text.slice(0, at + (behind ? words.length : 0)).split('\n');
      return [before.length, before.at(-1).length + 1];
    },

    /** Puts the cursor before (or behind) something. */
    async goTo(words, behind = false) {
      await workbench.go(...(await workbench.find(words, behind)));
    },

    /** Waits for a selector whose text holds the words; gives the text. */
    async sees(selector, words, time) {
      return until(
        `${words} in ${selector}`,
        async () => {
          const all = await page.locator(selector).allInnerTexts();
          return all.find((text) => text.replace(/\u00a0/g, ' ').includes(words));
        },
        time,
      );
    },
  };
  return workbench;
}
