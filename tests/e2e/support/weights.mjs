// What a page makes a browser fetch and run: each file of JavaScript that Chromium asked for and each inline script,
// gzipped, and which of them belong to the router. Everything that is fetched counts, used or not.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startChromium, watchedPage } from './chromium.mjs';
import { repository } from './paths.mjs';
import { startServer } from './server.mjs';
import { copyProject, veloxc } from './veloxc.mjs';

/** Pages of each example, with what has to be expected of them. */
export const EXAMPLES = {
  counter: ['/', '/counter'],
  query: ['/'],
  dashboard: ['/', '/dashboard', '/products', '/posts', '/stream', '/counters', '/status', '/nowhere'],
  blog: ['/', '/about', '/blog', '/features', '/products', '/stream', '/tags', '/archive', '/account'],
};

export const gzipped = (text) => gzipSync(text, { level: 9 }).length;

/** The inline scripts of a page's HTML that run; data is none. */
export function inlineScripts(html) {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)];
  return scripts.filter(([, attributes]) => !/\bsrc=|\btype="application\//.test(attributes)).map(([, , code]) => code);
}

/** A copy of an example, built and served. */
export async function serveExample(name, args = []) {
  const folder = copyProject(join(repository, 'examples', name), name);
  const { code, printed } = await veloxc(['build', ...args], { cwd: folder });
  if (code !== 0) throw new Error(`${name} cannot be built:\n${printed}`);
  const server = await startServer(folder);
  return {
    folder,
    server,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The site that the examples with a fixed address name in their configuration. */
const SITE = 'http://localhost:3700';

/** A browser that finds a served example at its address. */
export const browserFor = ({ server }) => startChromium({ [new URL(SITE).host]: server.port });

const settled = () => document.readyState === 'complete' && document.querySelector('velox-island[i]:not([on="visible"], [on="media"])') === null;

/**
 * Opens a page and uses it. Gives the files of JavaScript in the order in which they were asked for, each with its size, when
 * it was asked for and whether it is the router's alone, and the sum of inline scripts.
 */
export async function weigh(example, browser, path, use = async () => {}) {
  const { page, troubles } = await watchedPage(browser.context);
  const asked = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js') && !asked.includes(pathname)) asked.push(pathname);
  });
  try {
    const response = await page.goto(SITE + path, { waitUntil: 'load' });
    const html = await response.text();
    await page.waitForFunction(settled);
    await page.waitForLoadState('networkidle');
    await use(page, html);
    const wrong = troubles.filter((trouble) => !/favicon|^console: Failed to load resource/.test(trouble) && !trouble.endsWith(`: ${response.url()}`));
    if (wrong.length > 0) throw new Error(`${path}: ${wrong.join('\n')}`);
    const preloaded = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href);
    const router = routerFiles(example, html, asked);
    const files = asked.map((file) => ({
      file,
      size: gzipped(readFileSync(join(example.folder, '.velox/output/static', file))),
      router: router.has(file),
      preloaded: preloaded.includes(file),
    }));
    const inline = inlineScripts(html).reduce((sum, code) => sum + gzipped(code), 0);
    const sum = (list) => list.reduce((total, { size }) => total + size, 0);
    return {
      html,
      files,
      preloaded,
      inline,
      /** All that is there without the router. */
      weight: inline + sum(files.filter((file) => !file.router)),
      router: sum(files.filter((file) => file.router)),
    };
  } finally {
    await page.close();
  }
}

/** The files that a module imports when it runs, itself among them. */
export function reached(example, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(example.folder, '.velox/output/static', file), 'utf8');
  for (const [, imported] of code.matchAll(/\b(?:from|import)\s*"(\/_velox\/[^"]+)"/g)) reached(example, imported, seen);
  return seen;
}

/** The files that a page fetches for the router alone: what an island needs too is the island's. */
function routerFiles(example, html, asked) {
  const [, src] = /<script\b[^>]*\bsrc="([^"]+)"[^>]*\bdata-velox-router/.exec(html) ?? [];
  if (src === undefined) return new Set();
  const router = reached(example, src);
  const others = asked.filter((file) => !router.has(file)).flatMap((file) => [...reached(example, file)]);
  return new Set([...router].filter((file) => !others.includes(file)));
}
