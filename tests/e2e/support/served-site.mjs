// A project that a test file makes once: built, served, and looked at in Chromium, for as long as its tests run.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before } from 'node:test';
import { startChromium } from './chromium.mjs';
import { startServer } from './server.mjs';
import { veloxc } from './veloxc.mjs';

/** The site in the folder that `make` gives, which is removed afterwards. `server` and `browser` are there once tests run. */
export function servedSite(make) {
  const site = { server: undefined, browser: undefined };
  let folder;
  before(async () => {
    folder = make();
    const built = await veloxc(['build'], { cwd: folder });
    assert.equal(built.code, 0, built.printed);
    site.server = await startServer(folder);
    site.browser = await startChromium();
  });
  after(async () => {
    await site.browser?.close();
    await site.server?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return site;
}
