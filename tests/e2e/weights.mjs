// Prints what the pages of the examples weigh: `node weights.mjs [EXAMPLE...]`. Sizes are bytes, gzipped.
import { basename } from 'node:path';
import { browserFor, EXAMPLES, serveExample, weigh } from './support/weights.mjs';

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(EXAMPLES);
for (const name of names) {
  const example = await serveExample(name);
  const browser = await browserFor(example);
  try {
    for (const path of EXAMPLES[name]) {
      const { files, inline, weight, router } = await weigh(example, browser, path);
      const list = files.map(({ file, size, router, preloaded }) => `${basename(file)} ${size}${router ? ' (router)' : ''}${preloaded ? '' : ' *'}`);
      console.log(`${name} ${path}: ${weight} bytes${router > 0 ? ` and the router's ${router}` : ''}`);
      for (const line of [...(inline > 0 ? [`inline ${inline}`] : []), ...list]) console.log(`    ${line}`);
    }
  } finally {
    await browser.close();
    await example.close();
  }
}
console.log('* not preloaded');
