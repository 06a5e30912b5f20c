// Emitted code against hand-written string concatenation on the same page: 100 products, nested
// components, everything escaped. By hand means one function per component, the limit for generated code;
// one flat loop is shown beside it. All run in turns, so that a busy machine slows them alike.
//   node bench/render.mjs [--rounds 15] [--ms 200] [--check]     (--check: status 1 below 0.95)
import { map, rendered, slot, text, withAttribute, withClass, withUrl } from "../dist/internal.js";

const option = (name, fallback) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const rounds = option("rounds", 15);
const ms = option("ms", 200);

const words = "plain desk lamp oak & brass <new> chair \"soft\" blue steel long narrow table small".split(" ");
const word = (seed) => words[(seed * 7 + 3) % words.length];
const title = "Products & more";
const products = Array.from({ length: 100 }, (_, i) => ({
  id: `p${i}`,
  name: `${word(i)} ${word(i + 1)} ${i}`,
  url: `/products/${i}?a=1&b=2`,
  description: Array.from({ length: 12 }, (_, k) => word(i + k)).join(" "),
  price: 10 + i / 4,
  inStock: i % 5 !== 0,
  tags: Array.from({ length: 3 }, (_, k) => ({ id: k, label: word(i + k * 2), tone: k % 2 ? "warm" : "cold" })),
}));

const SPECIAL = /[&<>"]/;
function escape(value) {
  const source = typeof value === "string" ? value : String(value);
  const match = SPECIAL.exec(source);
  if (match === null) return source;
  let out = "";
  let last = 0;
  for (let i = match.index; i < source.length; i++) {
    let replacement;
    switch (source.charCodeAt(i)) {
      case 38: replacement = "&amp;"; break;
      case 60: replacement = "&lt;"; break;
      case 62: replacement = "&gt;"; break;
      case 34: replacement = "&quot;"; break;
      default: continue;
    }
    out += source.slice(last, i) + replacement;
    last = i + 1;
  }
  return out + source.slice(last);
}

function byHand() {
  let out = '<div class="layout"><header><h1>' + escape(title) + "</h1><p>" + products.length + ' products</p></header><main><ul class="grid">';
  for (const p of products) {
    out += '<li class="card' + (p.inStock ? "" : " sold") + '" id="' + escape(p.id) + '"><a href="' + escape(p.url) + '"><h2>' + escape(p.name) + "</h2></a><p>" +
      escape(p.description) + '</p><data class="price" value="' + p.price + '">' + p.price.toFixed(2) + ' EUR</data><ul class="tags">';
    for (const t of p.tags) out += '<li class="badge ' + escape(t.tone) + '">' + escape(t.label) + "</li>";
    out += "</ul>" + (p.inStock ? '<button type="button" data-id="' + escape(p.id) + '">Add to cart</button>' : "<em>Sold out</em>") + "</li>";
  }
  return out + "</ul></main></div>";
}

const names = (list) => {
  let out = "";
  for (const name of list) if (name) out += (out === "" ? "" : " ") + name;
  return out;
};
const HandPrice = (p) => '<data class="price" value="' + escape(p.amount) + '">' + escape(p.amount.toFixed(2)) + " " + escape(p.currency) + "</data>";
const HandBadge = (p) => '<li class="' + escape("badge " + p.tone) + '">' + escape(p.label) + "</li>";
const HandCard = ({ p }) => {
  let tags = "";
  for (const t of p.tags) tags += HandBadge({ label: t.label, tone: t.tone });
  return '<li class="' + escape(names(["card", !p.inStock && "sold"])) + '" id="' + escape(p.id) + '"><a href="' + escape(p.url) + '"><h2>' + escape(p.name) + "</h2></a><p>" +
    escape(p.description) + "</p>" + HandPrice({ amount: p.price, currency: "EUR" }) + '<ul class="tags">' + tags + "</ul>" +
    (p.inStock ? '<button type="button" data-id="' + escape(p.id) + '">Add to cart</button>' : "<em>Sold out</em>") + "</li>";
};
const HandLayout = (p) => '<div class="layout"><header><h1>' + escape(p.title) + "</h1><p>" + escape(p.count) + " products</p></header><main>" + p.children + "</main></div>";
function byComponents() {
  let items = "";
  for (const p of products) items += HandCard({ p });
  return HandLayout({ title, count: products.length, children: '<ul class="grid">' + items + "</ul>" });
}

// As the compiler writes `.velox` components.
const Price = ($$props) => withAttribute('<data class="price" value="', $$props.amount, '">') + text($$props.amount.toFixed(2)) + " " + text($$props.currency) + "</data>";
const Badge = ($$props) => withClass('<li class="', "badge " + $$props.tone, '">') + text($$props.label) + "</li>";
const Card = ($$props) => {
  const { p } = $$props;
  return withClass('<li class="', ["card", !p.inStock && "sold"], '"') + withAttribute(' id="', p.id, '"><a') + withUrl(' href="', p.url, '"><h2>') + text(p.name) + "</h2></a><p>" +
    text(p.description) + "</p>" + rendered(Price({ amount: p.price, currency: "EUR" })) + '<ul class="tags">' +
    map(p.tags, (t) => rendered(Badge({ label: t.label, tone: t.tone }))) + "</ul>" +
    (p.inStock ? withAttribute('<button type="button" data-id="', p.id, '">Add to cart</button>') : "<em>Sold out</em>") + "</li>";
};
const Layout = ($$props, $$slots) => '<div class="layout"><header><h1>' + text($$props.title) + "</h1><p>" + text($$props.count) + " products</p></header><main>" +
  slot($$slots, "default") + "</main></div>";
const emitted = () => rendered(Layout({ title, count: products.length }, {
  default: () => '<ul class="grid">' + map(products, (p) => rendered(Card({ p }))) + "</ul>",
}));

// Joins the pieces, as sending the page would.
const flat = (html) => Buffer.byteLength(html);
const unquote = (html) => html.replaceAll("&quot;", '"');
if (unquote(byHand()) !== unquote(emitted()) || byHand() !== byComponents()) throw new Error("the two pages differ");

// By processor time: what else the machine does is not counted.
function rate(render) {
  const started = process.cpuUsage();
  let count = 0;
  let spent;
  do {
    for (let i = 0; i < 20; i++) flat(render());
    count += 20;
    const used = process.cpuUsage(started);
    spent = (used.user + used.system) / 1000;
  } while (spent < ms);
  return (count / spent) * 1000;
}

for (let i = 0; i < 3; i++) {
  rate(byHand);
  rate(byComponents);
  rate(emitted);
}
const ratios = [];
const best = { flat: 0, hand: 0, emitted: 0 };
for (let i = 0; i < rounds; i++) {
  best.flat = Math.max(best.flat, rate(byHand));
  const hand = rate(byComponents);
  const ours = rate(emitted);
  best.hand = Math.max(best.hand, hand);
  best.emitted = Math.max(best.emitted, ours);
  ratios.push(ours / hand);
}
ratios.sort((a, b) => a - b);
const median = ratios[ratios.length >> 1];
console.log(`one loop ${Math.round(best.flat)} renders per second of processor time (best of ${rounds})`);
console.log(`by hand  ${Math.round(best.hand)} renders per second of processor time (best of ${rounds})`);
console.log(`emitted  ${Math.round(best.emitted)} renders per second of processor time (best of ${rounds})`);
console.log(`ratio    ${median.toFixed(2)} (median; ${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)})`);
if (process.argv.includes("--check") && median < 0.95) process.exitCode = 1;
