// The sections that pages are made of: each needs some data and yields a tree; `href` gives a path of the site. Written as compactly as the markup it stands for.

import { Cap, int, pick, sentence, title, word } from "./random.mjs";
import { cls, comp, el, ex, iff, map, tx, x } from "./tree.mjs";

// prettier-ignore
export const SECTIONS = [
  () => ({ data: ['post'], uses: ['Avatar', 'Badge'], tree: el('article', [cls(`post-${word()}`, x("post.featured && 'is-featured'"))], [
    el('header', [['class', `post-head ${word()}`]], [
      el('h1', [['id', x('post.slug')]], [ex('post.title')]),
      el('p', [['class', 'lede']], [ex('post.excerpt')]),
      comp('Avatar', [['name', x('post.author.name')], ['url', x('post.author.url')], ['size', x(String(int(24, 96)))]]),
      iff('post.author.bio', el('p', [['class', 'bio']], [ex('post.author.bio')]), el('p', [['class', 'bio empty']], [tx(sentence(3, 6))])),
    ]),
    el('ul', [['class', 'tags']], [map('post.tags', 'tag', 'tag.id', [
      el('li', [['data-color', x('tag.color')]], [comp('Badge', [['label', x('tag.label')], ['tone', pick(['info', 'warn', 'ok'])]])]),
    ])]),
    el('time', [['datetime', x('post.publishedAt.toISOString()')]], [ex("post.publishedAt.toLocaleDateString('en-GB')")]),
    el('p', [], [tx('Reading time: '), ex('Math.max(1, Math.round(post.readingMinutes))'), tx(' min')]),
    el('p', [], [tx(sentence(12, 30))]),
  ]) }),
  () => ({ data: ['products'], uses: ['Card', 'Price', 'Rating', 'AddToCart', 'Badge'], tree: el('section', [['class', `products ${word()}`], ['aria-label', title()]], [
    el('h2', [], [tx(title() + ' ('), ex('products.length'), tx(')')]),
    iff('products.length === 0', el('p', [['class', 'none']], [tx(sentence(4, 8))]), el('div', [['class', 'grid']], [
      map('products', 'product', 'product.id', [
        comp('Card', [['title', x('product.name')], ['href', x('product.url')]], [
          el('img', [['src', x('product.image')], ['alt', x('product.alt')], ['loading', 'lazy'], ['width', String(int(120, 640))]]),
          comp('Price', [['amount', x('product.price * (1 - product.discount)')], ['currency', pick(['EUR', 'USD', 'GBP'])]]),
          iff('product.discount > 0', el('span', [cls('discount', x("product.discount > 0.5 && 'big'"))], [tx('-'), ex('Math.round(product.discount * 100)'), tx('%')])),
          el('ul', [], [map('product.tags', 'tag', 'tag.id', [el('li', [['style', x('`color: ${tag.color}`')]], [ex('tag.label')])])]),
          iff('product.inStock', comp('AddToCart', [['client:load', true], ['id', x('product.id')], ['label', `Add ${word()}`]]), comp('Badge', [['label', 'sold out'], ['tone', 'warn']])),
          comp('Rating', [['value', x('product.rating')], ['max', x('5')]]),
        ]),
      ]),
    ])),
  ]) }),
  () => ({ data: ['rows'], uses: [], tree: el('table', [['class', `table-${word()}`]], [
    el('caption', [], [tx(sentence(3, 7))]),
    el('thead', [], [el('tr', [], [el('th', [['scope', 'col']], [tx(Cap(word()))]), el('th', [['scope', 'col']], [tx('Total')]), el('th', [['scope', 'col']], [tx('Change')])])]),
    el('tbody', [], [map('rows', 'row', 'row.id', [
      el('tr', [cls('row', x("row.delta < 0 ? 'down' : 'up'"))], [
        el('th', [['scope', 'row']], [ex('row.label')]),
        el('td', [], [ex('total.toLocaleString()')]),
        el('td', [['data-delta', x('row.delta')]], [ex("row.delta > 0 ? `+${row.delta}` : String(row.delta)")]),
      ]),
    ], [['total', 'row.values.reduce((a, b) => a + b, 0)']])]),
  ]) }),
  () => ({ data: ['nav'], uses: [], tree: el('nav', [['class', `nav ${word()}`], ['aria-label', Cap(word())]], [
    el('ul', [], [map('nav', 'item', 'item.href', [
      el('li', [cls('nav-item', x("item.children.length > 0 && 'has-children'"))], [
        el('a', [['...', 'linkProps(item.href)'], ['title', x('item.label')]], [ex('item.label')]),
        iff('item.children.length > 0', el('ul', [], [map('item.children', 'child', 'child.href', [
          el('li', [], [el('a', [['href', x('child.href')]], [ex('child.label.toUpperCase()')])]),
        ])])),
      ]),
    ])]),
  ]) }),
  (href) => ({ data: ['faqs'], uses: [], tree: el('section', [['id', `faq-${word()}`]], [
    el('h2', [], [tx(title())]),
    map('faqs', 'faq', 'faq.id', [el('details', [['open', x('faq.open')]], [
      el('summary', [], [ex('faq.question')]), el('p', [], [ex('faq.answer')]),
    ])]),
    el('p', [['class', 'note']], [tx(sentence(8, 20)), el('a', [['href', href()]], [tx(title())]), tx(' &amp; ' + word())]),
  ]) }),
  () => ({ data: ['reviews'], uses: ['Avatar', 'Rating', 'Counter'], tree: el('section', [['class', `reviews ${word()}`]], [
    el('h3', [], [tx(title())]),
    comp('Counter', [['client:load', true], ['start', x('reviews.length')], ['label', title()]]),
    el('ol', [], [map('reviews.filter((r) => r.rating > 2)', 'review', 'review.id', [
      el('li', [['id', x('`review-${review.id}`')]], [
        comp('Avatar', [['name', x('review.author.name')], ['url', x('review.author.url')], ['size', x('32')]]),
        comp('Rating', [['value', x('review.rating')], ['max', x('5')]]),
        el('blockquote', [], [el('p', [], [ex('review.body')]), el('footer', [], [ex("review.author.name ?? 'Anonymous'"), tx(', '), ex('review.date.getFullYear()')])]),
      ]),
    ])]),
  ]) }),
  (href) => ({ data: [], uses: ['Card'], tree: el('section', [['class', `cta ${word()} ${word()}`]], [
    comp('Card', [['title', title()]], [
      el('p', [], [tx(sentence(10, 24))]),
      el('form', [['action', href()], ['method', 'post']], [
        el('label', [['for', `f-${word()}`]], [tx(Cap(word()))]),
        el('input', [['type', 'email'], ['name', 'email'], ['placeholder', `${word()}@example.com`], ['required', true]]),
        el('button', [['type', 'submit'], ['class', `btn ${word()}`]], [tx(Cap(word()) + ' ' + word())]),
      ]),
    ]),
    el('p', [], [tx(sentence()), el('strong', [], [tx(sentence(3, 5))]), tx(sentence())]),
  ]) }),
  () => ({ data: ['site'], uses: [], tree: el('footer', [['class', `footer ${word()}`]], [
    el('p', [], [tx('&copy; '), ex('new Date().getFullYear()'), tx(' '), ex('site.name')]),
    iff("site.env === 'production'", el('p', [], [tx(sentence(3, 6))]), el('p', [['class', 'debug']], [tx('build '), el('code', [], [ex('site.build.slice(0, 7)')])])),
    el('ul', [], [map('site.links', 'link', 'link.href', [el('li', [], [el('a', [['href', x('link.href')], ['rel', x("link.external ? 'noopener' : undefined")]], [ex('link.label')])])])]),
  ]) }),
];
