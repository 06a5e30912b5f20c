// Islands in Chromium: when each comes alive, in which order, with which props, and what happens when it cannot.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startChromium, watchedPage } from './support/chromium.mjs';
import { repository } from './support/paths.mjs';
import { startServer } from './support/server.mjs';
import { freshFolder, veloxc } from './support/veloxc.mjs';

const FIXTURE = join(repository, 'tests/e2e/fixtures/islands');

let project, output, server, browser;

before(async () => {
  project = freshFolder('islands');
  cpSync(FIXTURE, project, { recursive: true });
  const { code, printed } = await veloxc(['build'], { cwd: project });
  assert.equal(code, 0, printed);
  // What is served runs by itself, wherever it lies: the project is gone.
  output = freshFolder('islands-served');
  cpSync(join(project, '.velox'), join(output, '.velox'), { recursive: true });
  server = await startServer(output);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  for (const folder of [project, output]) if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Opens a path of a server, hands the page over, and then insists that nothing went wrong in it but what is expected. */
async function visit(path, look, { prepare = async () => {}, expected = [], at = server } = {}) {
  const { page, troubles } = await watchedPage(browser.context);
  try {
    await prepare(page);
    await page.goto(at.origin + path, { waitUntil: 'commit' });
    await look(page);
    const unexpected = troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
    assert.deepEqual(unexpected, []);
  } finally {
    await page.close();
  }
}

const alive = (page) => page.evaluate(() => globalThis.alive ?? []);
const isAlive = (page, name) => page.waitForFunction((name) => (globalThis.alive ?? []).includes(name), name);
const click = (page, island) => page.locator(`#${island} > button`).click();
const count = (page, island) => page.locator(`#${island} > output`).innerText();
const settled = (page) =>
  page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('velox-island[i]') === null);
const clientFiles = () => {
  const folder = join(project, '.velox/output/static/_velox');
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
};

describe('pages', () => {
  test('a page without islands has no script', async () => {
    const { text } = await server.get('/');
    assert.match(text, /No islands/);
    assert.doesNotMatch(text, /<script|velox-|modulepreload/);
  });

  test('an island\'s HTML is there before any script', async () => {
    const { text } = await server.get('/counter');
    assert.match(text, /<velox-island i="0" p="0" style="display:contents"><div class="counter" id="counter"><button>more<\/button><output>3<\/output><\/div><\/velox-island>/);
  });

  test('a counter counts', async () => {
    await visit('/counter', async (page) => {
      await isAlive(page, 'counter');
      await click(page, 'counter');
      await click(page, 'counter');
      assert.equal(await count(page, 'counter'), '5');
      assert.equal(await page.locator('#counter output').evaluate((one) => getComputedStyle(one).color), 'rgb(1, 2, 3)');
    });
  });

  test('an island in a .tsx page', async () => {
    await visit('/page', async (page) => {
      await isAlive(page, 'tsx');
      await click(page, 'tsx');
      assert.equal(await count(page, 'tsx'), '6');
    });
  });

  test('components of preact: hooks, and a signal that two islands share', async () => {
    await visit('/preact', async (page) => {
      await settled(page);
      await click(page, 'hooks');
      assert.equal(await count(page, 'hooks'), '2');
      await page.locator('#add2').click();
      await page.locator('#add3').click();
      assert.equal(await page.locator('#total').innerText(), '5');
    });
  });

  test('ids that components make are the component\'s own, in whichever island it stands', async () => {
    await visit('/ids', async (page) => {
      await settled(page);
      const fields = await page.evaluate(() => [...document.querySelectorAll('input')].map((one) => [one.id, one.name, [...one.labels].map((label) => label.innerText).join()]));
      assert.equal(fields.length, 10);
      assert.equal(new Set(fields.map(([id]) => id)).size, 10, fields.join('\n'));
      for (const [, name, labels] of fields) assert.equal(labels, name);
    });
  });

  test('a script of a page imports packages', async () => {
    await visit('/script', async (page) => {
      await page.waitForFunction(() => document.querySelector('#late').textContent === 'from a package');
    });
  });
});

describe('ISL-1 directives', () => {
  test('each island comes alive when its directive says so, and no earlier', async () => {
    await visit('/directives', async (page) => {
      await isAlive(page, 'load');
      await isAlive(page, 'idle');
      await page.waitForTimeout(700);
      assert.deepEqual((await alive(page)).sort(), ['idle', 'load']);
      assert.equal(await page.locator('velox-island[i]').count(), 3);
      await page.setViewportSize({ width: 400, height: 600 });
      await isAlive(page, 'media');
      assert.ok(!(await alive(page)).includes('visible'));
      await page.locator('#visible').scrollIntoViewIfNeeded();
      await isAlive(page, 'visible');
      await isAlive(page, 'price');
      // The directive has been followed; it is not followed again.
      await page.setViewportSize({ width: 1200, height: 800 });
      await page.setViewportSize({ width: 400, height: 600 });
      await click(page, 'media');
      assert.equal(await count(page, 'media'), '1');
      assert.equal((await alive(page)).filter((name) => name === 'media').length, 1);
    });
  });

  test('client:only is rendered in the browser alone; until then its fallback is there', async () => {
    const { text } = await server.get('/directives');
    assert.match(text, /on="only" style="display:contents"><i id="fallback">loading<\/i><\/velox-island>/);
    await visit('/directives', async (page) => {
      await page.waitForSelector('#browser');
      assert.match(await page.locator('#browser').innerText(), /^\d+px$/);
      assert.equal(await page.locator('#fallback').count(), 0);
    });
  });

  test('what comes alive at once is fetched early, what is idle with low priority, the rest when it is asked for', async () => {
    const { text } = await server.get('/directives');
    const links = [...text.matchAll(/<link rel="modulepreload" href="\/_velox\/([^."]+)[^>]*>/g)].map(([, name]) => name);
    assert.deepEqual(links.filter((name) => name !== 'chunk').sort(), ['Browser', 'Counter']);
    const loaded = [];
    await visit('/directives', async (page) => {
      await isAlive(page, 'idle');
      assert.ok(!loaded.some((url) => url.includes('Price')), loaded.join());
      assert.equal(loaded.filter((url) => url.includes('/Counter.')).length, 1, 'one module is fetched once for all islands');
    }, { prepare: async (page) => void page.on('request', (request) => loaded.push(request.url())) });
  });
});

describe('ISL-2 islands that fail', () => {
  const dead = (page) => page.route('**/_velox/Counter.*', (route) => route.abort());
  const failures = [/Counter/, /ERR_FAILED/, /Failed to fetch/];

  test('the HTML stays, the module is asked for once more, then there is an event', async () => {
    const asked = [];
    await visit('/counter', async (page) => {
      await settled(page);
      const [event] = await page.evaluate(() => globalThis.events);
      assert.match(event.message, /Counter/);
      assert.equal(await page.locator('velox-island').innerHTML(), '<div class="counter" id="counter"><button>more</button><output>3</output></div>');
      const again = asked.filter(({ url }) => url.endsWith('?1'));
      assert.equal(again.length, 1, 'one retry');
      const first = asked.filter(({ url }) => !url.endsWith('?1'));
      assert.ok(again[0].time - first.at(-1).time >= 950, 'after a second');
    }, {
      expected: failures,
      prepare: async (page) => {
        await dead(page);
        page.on('request', (request) => {
          if (request.url().includes('/Counter.')) asked.push({ url: request.url(), time: Date.now() });
        });
        await page.addInitScript(() => {
          globalThis.events = [];
          addEventListener('velox:hydration-error', (event) => globalThis.events.push({ message: String(event.detail) }));
        });
      },
    });
  });

  test('a second try that works brings the island to life', async () => {
    let failed = false;
    await visit('/counter', async (page) => {
      await isAlive(page, 'counter');
      await click(page, 'counter');
      assert.equal(await count(page, 'counter'), '4');
    }, {
      expected: failures,
      prepare: (page) => page.route('**/_velox/Counter.*', async (route) => {
        if (route.request().url().endsWith('?1')) return route.continue();
        failed = true;
        return route.abort();
      }),
    });
    assert.ok(failed);
  });

  test('whoever cancels the event has dealt with it', async () => {
    await visit('/counter', async (page) => settled(page), {
      expected: [/ERR_FAILED/],
      prepare: async (page) => {
        await dead(page);
        await page.addInitScript(() => addEventListener('velox:hydration-error', (event) => event.preventDefault()));
      },
    });
  });

  test('islands inside of a dead one come alive', async () => {
    await visit('/nested', async (page) => {
      await isAlive(page, 'inner');
      assert.ok(!(await alive(page)).includes('outer'));
    }, { expected: [/Panel/, /ERR_FAILED/], prepare: (page) => page.route('**/_velox/Panel.*', (route) => route.abort()) });
  });
});

describe('ISL-3 islands in islands', () => {
  test('an outer island comes alive before those inside of it, which keep their own HTML and props', async () => {
    await visit('/nested', async (page) => {
      await settled(page);
      const order = (await alive(page)).filter((name) => !['closed'].includes(name));
      assert.ok(order.indexOf('outer') < order.indexOf('inner'), order.join());
      assert.ok(order.indexOf('outer') < order.indexOf('middle'), order.join());
      assert.ok(order.indexOf('middle') < order.indexOf('innermost'), order.join());
      await click(page, 'inner');
      assert.equal(await count(page, 'inner'), '2');
      assert.equal(await page.locator('#outer > h2 em').innerText(), 'Outer');
      assert.equal(await page.locator('#outer p').innerText(), 'static');
    });
  });

  test('HTML that an island hides and shows again is as it was, and alive', async () => {
    await visit('/nested', async (page) => {
      await settled(page);
      await click(page, 'inner');
      await page.locator('#outer > .toggle').click();
      assert.equal(await page.locator('#inner').count(), 0);
      await page.locator('#outer > .toggle').click();
      assert.equal(await count(page, 'inner'), '2');
      await click(page, 'inner');
      assert.equal(await count(page, 'inner'), '3');
      assert.equal((await alive(page)).filter((name) => name === 'inner').length, 1);
    });
  });

  test('content of a boundary comes into HTML that an island has hidden meanwhile', async () => {
    await visit('/streamed-into', async (page) => {
      await isAlive(page, 'shown');
      await page.locator('#shown > .toggle').click();
      await page.waitForFunction(() => document.readyState === 'complete');
      for (const panel of ['shown', 'closed']) {
        await page.locator(`#${panel} > .toggle`).click();
        await isAlive(page, 'in-' + panel);
        assert.equal(await page.locator(`#${panel} b`).innerText(), 'late');
        assert.equal(await page.locator(`#${panel} i`).count(), 0);
        await click(page, 'in-' + panel);
        await page.locator(`#${panel} > .toggle`).click();
        await page.locator(`#${panel} > .toggle`).click();
        assert.equal(await count(page, 'in-' + panel), '2');
      }
    });
  });

  test('HTML that the server has not shown waits beside the island', async () => {
    await visit('/nested', async (page) => {
      await settled(page);
      assert.equal(await page.locator('#hidden').count(), 0);
      await page.locator('#closed > .toggle').click();
      await isAlive(page, 'hidden');
      await click(page, 'hidden');
      assert.equal(await count(page, 'hidden'), '8');
    });
  });
});

describe('ISL-4 props', () => {
  test('every type arrives as it was', async () => {
    await visit('/props', async (page) => {
      await settled(page);
      const report = await page.evaluate(() => {
        const p = globalThis.received;
        return {
          date: p.date instanceof Date && p.date.getTime(),
          map: p.map instanceof Map && p.map.get('a') instanceof Set && [...p.map.get('a')],
          url: p.url instanceof URL && p.url.href,
          big: String(p.big === 10n ** 20n),
          pattern: p.pattern instanceof RegExp && String(p.pattern),
          bytes: p.bytes instanceof Uint8Array && [...p.bytes],
          nothing: 'nothing' in p && p.nothing === undefined,
          numbers: [Number.isNaN(p.nan), Object.is(p.minus, -0), p.infinite === -Infinity],
          shared: p.first === p.second,
          cycle: p.cycle.self === p.cycle,
          deep: p.first.deep,
          title: document.title,
        };
      });
      assert.deepEqual(report, {
        date: 86400000, map: [1, 2], url: 'https://velox.example/a?b', big: 'true', pattern: '/a+/gi', bytes: [1, 2, 255],
        nothing: true, numbers: [true, true, true], shared: true, cycle: true,
        deep: ['</script><script>document.title = "broken"</script>', '<!--', '\u2028'], title: 'Islands',
      });
    });
  });

  test('an object that five islands share is written once', async () => {
    const { text } = await server.get('/plain');
    assert.equal(text.match(/ScRiPt/g).length, 1, 'the text is one too');
    assert.equal(text.match(/<velox-island/g).length, 5);
  });

  test('case 50: names in the page are not the loader\'s', async () => {
    await visit('/plain', async (page) => {
      await settled(page);
      assert.equal(await page.evaluate(() => globalThis.received.list[4].id), 4);
    });
  });
});

describe('events before an island is alive', () => {
  /** Holds a module back until `release` is called. */
  function held(name) {
    let release;
    const gate = new Promise((resolve) => (release = resolve));
    const prepare = (page) => page.route(`**/_velox/${name}.*`, (route) => gate.then(() => route.continue()));
    return { prepare, release };
  }
  const underWay = (page) => page.waitForFunction(() => document.querySelector('velox-island').l === true);

  test('clicks are kept, and dispatched once', async () => {
    const { prepare, release } = held('Counter');
    await visit('/counter', async (page) => {
      await page.locator('#counter button').click();
      await page.locator('#counter button').click();
      assert.equal(await count(page, 'counter'), '3');
      release();
      await isAlive(page, 'counter');
      await page.waitForFunction(() => document.querySelector('#counter output').textContent === '5');
      await page.waitForTimeout(100);
      assert.equal(await count(page, 'counter'), '5');
    }, { prepare });
  });

  test('what was typed, ticked and sent arrives, and the page stays', async () => {
    const { prepare, release } = held('Form');
    await visit('/form', async (page) => {
      await underWay(page);
      await page.locator('#text').fill('early');
      await page.locator('#box').check();
      await page.locator('form button').click();
      release();
      await page.waitForFunction(() => document.querySelector('form output').textContent === 'early!');
      assert.equal(await page.locator('#text').inputValue(), 'early!');
      assert.equal(await page.locator('#box').isChecked(), true);
      assert.equal(new URL(page.url()).pathname, '/form');
    }, { prepare });
  });
});

describe('around islands', () => {
  test('an island in streamed content comes alive when it arrives', async () => {
    await visit('/streamed', async (page) => {
      await isAlive(page, 'early');
      await isAlive(page, 'late');
      await click(page, 'late');
      assert.equal(await count(page, 'late'), '10');
      assert.equal(await page.locator('#arrived').innerText(), 'late');
      assert.equal(await page.locator('#waiting').count(), 0);
    });
  });

  test('the first islands of a page may come with its boundaries, in any order, in a table too', async () => {
    await visit('/first-in-a-boundary', async (page) => {
      await isAlive(page, 'one');
      await isAlive(page, 'two');
      assert.deepEqual(await alive(page), ['one', 'two']);
      await click(page, 'one');
      await click(page, 'two');
      assert.deepEqual([await count(page, 'one'), await count(page, 'two')], ['2', '3']);
      assert.equal(await page.locator('tbody > tr > td > velox-island').count(), 1);
    });
  });

  test('no policy makes boxes of the elements that islands stand in', async () => {
    await visit('/nested', async (page) => {
      await settled(page);
      const displays = await page.evaluate(() => [...document.querySelectorAll('velox-island, velox-slot')].map((one) => getComputedStyle(one).display));
      assert.deepEqual([...new Set(displays)], ['contents']);
    });
  });

  test('every page here has a strict policy: the loader is let through by its hash, or by the nonce of the response', async () => {
    const policyOf = ({ headers }) => headers['content-security-policy'];
    const kept = await server.get('/counter');
    const [code] = [...kept.text.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code]) => code);
    assert.ok(policyOf(kept).includes(`'sha256-${createHash('sha256').update(code).digest('base64')}'`), policyOf(kept));
    assert.doesNotMatch(policyOf(kept), /unsafe-(inline|eval)|nonce/);
    const made = await server.get('/streamed');
    const [, nonce] = /<script nonce="([^"]+)">/.exec(made.text);
    assert.ok(policyOf(made).includes(`'nonce-${nonce}'`), policyOf(made));
    const again = await server.get('/streamed');
    assert.ok(!again.text.includes(nonce), 'each response has its own');
  });

  test('case 60: nothing of the server is in what the browser loads', () => {
    const all = clientFiles().join('\n');
    assert.match(all, /canary-public/, 'PUBLIC_ names of the environment are there');
    for (const canary of ['canary-environment', 'canary-server-module', 'canary-server-block', 'canary-admin', 'module","level', 'readFileSync', 'AsyncLocalStorage']) {
      assert.ok(!all.includes(canary), canary);
    }
  });

  test('case 59: no source maps unless they are asked for, and none is served', async () => {
    assert.deepEqual(readdirSync(join(project, '.velox/output/static/_velox')).filter((name) => name.endsWith('.map')), []);
    const copy = freshFolder('islands-maps');
    try {
      cpSync(FIXTURE, copy, { recursive: true });
      const { code, printed } = await veloxc(['build', '--source-maps'], { cwd: copy });
      assert.equal(code, 0, printed);
      const folder = join(copy, '.velox/output/static/_velox');
      const name = readdirSync(folder).find((name) => /^Counter\..*\.js\.map$/.test(name));
      const map = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      const at = map.sources.findIndex((source) => source.endsWith('components/Counter.tsx'));
      assert.ok(at >= 0, map.sources.join());
      assert.equal(map.sourcesContent[at], readFileSync(join(copy, 'components/Counter.tsx'), 'utf8'));
      const own = await startServer(copy);
      try {
        assert.equal((await own.get(`/_velox/${name}`)).status, 404);
        assert.match((await own.get(`/_velox/${name.replace(/\.map$/, '')}`)).headers['cache-control'], /immutable/);
      } finally {
        await own.stop();
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  test('ISL-5 a development build tells where the HTML of server and browser differ, attributes included', async () => {
    const copy = freshFolder('islands-development');
    try {
      cpSync(FIXTURE, copy, { recursive: true });
      const { code, printed } = await veloxc(['build', '--development'], { cwd: copy });
      assert.equal(code, 0, printed);
      const own = await startServer(copy);
      const { page, troubles } = await watchedPage(browser.context);
      try {
        for (const path of ['/counter', '/preact', '/ids', '/nested', '/form', '/props', '/mismatch']) {
          await page.goto(own.origin + path);
          await settled(page);
        }
        const warnings = troubles.filter((trouble) => trouble.includes('[velox] hydration'));
        assert.equal(warnings.length, 1, troubles.join('\n'));
        assert.match(warnings[0], /title of <p> is "server", and "browser" in the browser/);
      } finally {
        await page.close();
        await own.stop();
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
