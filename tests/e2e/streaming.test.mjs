// Pages that leave in parts, in Chromium and over plain sockets (docs/streaming.md): the project of `fixtures/streaming/`.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { startServer } from './support/server.mjs';
import { freshFolder, veloxc } from './support/veloxc.mjs';

const fixture = fileURLToPath(new URL('fixtures/streaming/', import.meta.url));
let project;
let server;
let browser;

before(async () => {
  project = freshFolder('streaming');
  cpSync(fixture, project, { recursive: true });
  const built = await veloxc(['build'], { cwd: project });
  assert.equal(built.code, 0, built.stdout + built.stderr);
  server = await startServer(project);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => server.origin + path;
const open = (name, value) => fetch(at(`/gate?name=${name}&value=${encodeURIComponent(value)}`), { method: 'POST' });
const aborted = async () => (await (await fetch(at('/gate'))).json()).aborted;
const until = async (what, tries = 200) => {
  for (let i = 0; i < tries; i++) {
    if (await what()) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  assert.fail('it did not happen in time');
};

/** Opens a path, hands the page over, and insists that nothing went wrong in it. */
async function visit(path, look, options = {}) {
  const { page, troubles } = await watchedPage(browser.context);
  try {
    const response = await page.goto(at(path), { waitUntil: 'load', ...options });
    await look(page, response);
    assert.deepEqual(troubles, []);
  } finally {
    await page.close();
  }
}

const body = (page) => page.evaluate(() => document.body.innerHTML);

/** The raw text of a page, read as it comes. */
async function read(path, headers = {}) {
  const response = await fetch(at(path), { headers });
  return { response, text: await response.text() };
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`boundaries in random order (${seed}) give the document that is sent whole: tables, selects, SVG, nested ones`, async () => {
    let whole = '';
    await visit(`/many-off?seed=${seed}`, async (page) => (whole = await body(page)));
    assert.match(whole, /innermost/);
    assert.ok((whole.match(/\.\.\./g) ?? []).length === 0);
    await visit(`/many-unordered?seed=${seed}`, async (page) => {
      assert.equal(await body(page), whole);
      const svg = await page.evaluate(() => [...document.querySelectorAll('svg *')].map((one) => one.namespaceURI.slice(-4) + one.localName));
      assert.ok(svg.includes('/svgcircle') && svg.includes('/svglinearGradient') && svg.includes('htmlp'), svg.join());
    });
  });
}

test('boundaries were out of order, and under a strict policy', async () => {
  const { response, text } = await read('/many-unordered?seed=1');
  const order = [...text.matchAll(/ data-v="v[0-9a-f]{12}-(\d+)"/g)].map((match) => Number(match[1]));
  assert.ok(order.length >= 16, order.join());
  assert.notDeepEqual(order, [...order].sort((a, b) => a - b));
  assert.match(response.headers.get('content-security-policy'), /^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==';/);
  assert.equal(response.headers.get('x-accel-buffering'), 'no');
  assert.equal(response.headers.get('content-length'), null);
  assert.ok(!text.includes('&lt;!--x3]--&gt;<!--x3]'));
});

test('the shell is shown at once, and each boundary as it comes', async () => {
  await visit('/gates?name=order', async (page) => {
    await page.waitForSelector('#end');
    const shown = () => page.evaluate(() => ['a', 'b'].map((id) => document.getElementById(id).textContent).join());
    assert.equal(await shown(), 'wait,wait');
    await open('order-b', 'B');
    await page.waitForSelector('#b b');
    assert.equal(await shown(), 'wait,B');
    await open('order-a', '<A>');
    await page.waitForSelector('#a b');
    assert.equal(await shown(), '<A>,B');
    await page.waitForLoadState('load');
    assert.equal(await page.evaluate(() => document.body.innerHTML.includes('<!--') || document.querySelector('template') !== null), false);
  }, { waitUntil: 'commit' });
});

test('a page that nobody sees gets its content as well', async () => {
  const hidden = await browser.context.newPage();
  await hidden.goto(at('/gates?name=hidden'), { waitUntil: 'commit' });
  await hidden.waitForSelector('#end', { state: 'attached' });
  // Chromium draws no frame for a page that is frozen in the background: nothing may wait for one.
  await hidden.evaluate(() => {
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  });
  const front = await browser.context.newPage();
  await front.bringToFront();
  await open('hidden-a', 'A');
  await open('hidden-b', 'B');
  await until(() => hidden.evaluate(() => document.getElementById('b').textContent === 'B' && document.getElementById('a').textContent === 'A'));
  await front.close();
  await hidden.close();
});

test('a policy of hashes lets the script through, and one that lacks it does not', async () => {
  await open('hash-a', 'A');
  await open('hash-b', 'B');
  const pending = fetch(at('/gates?name=look'));
  const first = await (await pending).body.getReader().read();
  const script = /<script[^>]*>([^<]*MutationObserver[^<]*)<\/script>/.exec(Buffer.from(first.value).toString())[1];
  assert.ok(script.length <= 600);
  const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const open2 = async (name) => (await open(`${name}-a`, 'A'), open(`${name}-b`, 'B'));
  const go = async (name, policy, look) => {
    const { page } = await watchedPage(browser.context);
    await page.goto(at(`/gates?name=${name}&policy=${encodeURIComponent(policy)}`), { waitUntil: 'commit' });
    await page.waitForSelector('#end');
    await open2(name);
    await page.waitForLoadState('load');
    await look(await page.evaluate(() => document.getElementById('a').textContent));
    await page.close();
  };
  await go('hashed', `script-src ${hash}`, (text) => assert.equal(text, 'A'));
  await go('refused', "script-src 'none'", (text) => assert.equal(text, 'wait'));
});

test('errors are shown in their places, with an event and without their text', async () => {
  await visit('/errors', async (page, response) => {
    const texts = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('body > div')].map((one) => [one.id, one.textContent.trim()])));
    assert.deepEqual(texts, { own: 'Internal Server Error', page: 'Error 500', redirect: 'no', fine: 'fine', never: 'too late' });
    const errors = await page.evaluate(() => window.errors);
    assert.deepEqual(errors.map(([, id]) => id).sort(), ['never', 'own', 'page', 'redirect']);
    for (const [digest] of errors) assert.ok(server.log.stderr.includes(digest), digest);
    assert.ok(!(await response.text()).includes('secret'));
  });
});

test('a promise as a prop, as the documentation has it', async () => {
  await visit('/posts', async (page) => assert.equal(await body(page), '<h1>Posts</h1><ul><li>One</li><li>Two</li></ul>'));
  const { text } = await read('/posts');
  assert.match(text, /<!--\[v[0-9a-f]{12}-1--><p class="spinner">Loading<\/p><!--/);
});

test('awaits among the children of a boundary, and boundaries given to components', async () => {
  const { text } = await read('/awaits');
  assert.match(text, /--><i>wait<\/i><!--[^>]+--><section><!--[^>]+--><i>wait<\/i><!--[^>]+--><\/section><p>end<\/p>/);
  await visit('/awaits', async (page) => {
    assert.equal(await body(page), '<b>awaited</b><u>1</u><u>2</u><section><b title="title">boxed</b></section><p>end</p>');
  });
});

test('a boundary of a layout around its slot streams the page, and the shell has its head', async () => {
  const { text } = await read('/framed');
  assert.match(text, /<title>Framed<\/title>/);
  assert.match(text, /<main><!--\[[^>]+--><p>wait<\/p><!--[^>]+--><\/main><footer>slow foot<\/footer>/);
  await visit('/framed', async (page) => assert.equal(await page.locator('main').innerHTML(), '<p>slow page</p>'));
});

test('without JavaScript a page in document order is whole', async () => {
  const { chromium } = await import('playwright-core');
  const plain = await chromium.launch({
    executablePath: process.env.VELOX_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const context = await plain.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(at('/many-ordered?seed=7'));
    const ordered = await page.locator('body').innerHTML();
    await page.goto(at('/many-off?seed=7'));
    assert.equal(ordered, await page.locator('body').innerHTML());
    assert.ok(!ordered.includes('...'));
    assert.equal(await page.locator('script:not([type])').count(), 0);
  } finally {
    await plain.close();
  }
});

test('readers and prefetches get the document in its order', async () => {
  const whole = (await read('/many-off?seed=3')).text;
  const bodyOf = (text) => /<body>([^]*)<\/body>/.exec(text)[1];
  for (const headers of [{ 'user-agent': 'Googlebot/2.1' }, { 'sec-purpose': 'prefetch' }]) {
    assert.equal(bodyOf((await read('/many-unordered?seed=3', headers)).text), bodyOf(whole));
  }
});

test('STR-4 a prerendered page has everything in place, and no script', async () => {
  const { text, response } = await read('/static');
  assert.match(text, /<body><ul><li>One<\/li><\/ul><\/body>/);
  assert.ok(!text.includes('<script'));
  assert.match(response.headers.get('content-security-policy'), /^script-src 'self' 'sha256-/);
});

test('HEAD answers without a body, and leaves nothing behind', async () => {
  const before = await aborted();
  const response = await fetch(at('/gates?name=head'), { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal((await response.arrayBuffer()).byteLength, 0);
  assert.equal(await aborted(), before);
});

/** Sends a request over a socket of its own. */
function dial(path) {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\nconnection: close\r\n\r\n`);
  return socket;
}

test('case 55 a client that leaves at any chunk ends its page', async () => {
  const leave = async (name, chunks) => {
    const before = await aborted();
    const socket = dial(`/gates?name=${name}`);
    let seen = '';
    socket.on('data', (data) => (seen += data));
    await until(() => seen.includes('id="end"'));
    if (chunks > 0) {
      await open(`${name}-a`, 'A');
      await until(() => seen.includes('<b>A</b>'));
    }
    socket.destroy();
    await until(async () => (await aborted()) === before + 1);
  };
  await leave('leaves-0', 0);
  await leave('leaves-1', 1);
  // What comes for nobody is no error.
  const errors = server.log.stderr.length;
  await open('leaves-0-a', 'x');
  await open('leaves-0-b', 'x');
  assert.equal(server.log.stderr.length, errors);
});

test('case 54 a client that reads slowly gets everything, and holds up nobody', async () => {
  const socket = dial('/big');
  let length = 0;
  let ended = false;
  socket.on('end', () => (ended = true));
  socket.on('data', (data) => {
    length += data.length;
    socket.pause();
    setTimeout(() => socket.resume(), 2);
  });
  const others = await Promise.all(Array.from({ length: 5 }, () => read('/posts')));
  assert.ok(others.every(({ text }) => text.includes('<li>Two</li>')));
  await until(() => ended, 1200);
  assert.ok(length > 4_000_000, String(length));
});

test('case 50 names in HTML of a user hide nothing from the script', async () => {
  const { page } = await watchedPage(browser.context);
  const names = ['body', 'querySelectorAll', 'evaluate', 'documentElement', 'lastChild', 'addEventListener', 'createTreeWalker'];
  const clobber = names.map((name) => `<img name="${name}" id="${name}"><form name="${name}"></form>`).join('') + '<p id="h" data-v="x">kept</p><!--x.-->';
  const { text } = await read('/posts');
  await page.route('**/clobbered', (route) => route.fulfill({ contentType: 'text/html', body: text.replace('<body>', `<body>${clobber}`) }));
  await page.goto(at('/clobbered'));
  assert.equal(await page.evaluate(() => document.body instanceof HTMLBodyElement), false);
  assert.equal(await page.locator('.spinner').count(), 0);
  assert.equal(await page.locator('li').count(), 2);
  assert.equal(await page.locator('#h[data-v]').innerText(), 'kept');
  await page.close();
});

test('a connection that is cut off shows no half content', async () => {
  const { page } = await watchedPage(browser.context);
  const { text } = await read('/posts');
  const cut = text.slice(0, text.indexOf('<li>Two'));
  await page.route('**/cut', (route) => route.fulfill({ contentType: 'text/html', body: cut }));
  await page.goto(at('/cut'));
  assert.equal(await page.locator('.spinner').innerText(), 'Loading');
  await page.close();
});

test('a server that ends sends every page its end', async () => {
  const other = await startServer(project);
  const response = await fetch(`${other.origin}/gates?name=ending`);
  const reader = response.body.getReader();
  await reader.read();
  const stopped = other.stop();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += Buffer.from(part.value).toString();
  assert.match(text, /data-e="\w+"/);
  assert.match(text, /<\/html>$/);
  await stopped;
});
