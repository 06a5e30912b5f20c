// The limit: hand-written string concatenation with escaping, no components, no streaming.
const RE = /[&<>"]/;
export function esc(v) {
  const s = typeof v === "string" ? v : String(v);
  const m = RE.exec(s);
  if (m === null) return s;
  let out = "",
    last = 0,
    i = m.index;
  for (; i < s.length; i++) {
    let r;
    switch (s.charCodeAt(i)) {
      case 38:
        r = "&amp;";
        break;
      case 60:
        r = "&lt;";
        break;
      case 62:
        r = "&gt;";
        break;
      case 34:
        r = "&quot;";
        break;
      default:
        continue;
    }
    out += s.slice(last, i) + r;
    last = i + 1;
  }
  return out + s.slice(last);
}
export const render = ({ title, products }) => {
  let o = `<div class="layout"><header><h1>${esc(title)}</h1><p>${products.length} products</p></header><main><ul class="grid">`;
  for (const p of products) {
    o += `<li class="card${p.inStock ? "" : " sold"}" id="${esc(p.id)}"><a href="${esc(p.url)}"><h2>${esc(p.name)}</h2></a><p>${esc(p.description)}</p><data class="price" value="${p.price * (1 - p.discount)}">${(p.price * (1 - p.discount)).toFixed(2)} EUR</data><ul class="tags">`;
    for (const t of p.tags) o += `<li class="badge ${esc(t.tone)}">${esc(t.label)}</li>`;
    o += `</ul>${p.inStock ? `<button type="button" data-id="${esc(p.id)}">Add to cart</button>` : "<em>Sold out</em>"}</li>`;
  }
  return o + "</ul></main></div>";
};
// The same with one function per component that returns a string: the shape a compiler can emit.
const Price = (p) =>
  `<data class="price" value="${esc(p.amount)}">${esc(p.amount.toFixed(2))} ${esc(p.currency)}</data>`;
const Badge = (p) => `<li class="${esc("badge " + p.tone)}">${esc(p.label)}</li>`;
const cls = (l) => {
  let s = "";
  for (const x of l) if (x) s += (s && " ") + x;
  return s;
};
const Card = ({ p }) => {
  let tags = "";
  for (const t of p.tags) tags += Badge({ label: t.label, tone: t.tone });
  return `<li class="${esc(cls(["card", !p.inStock && "sold"]))}" id="${esc(p.id)}"><a href="${esc(p.url)}"><h2>${esc(p.name)}</h2></a><p>${esc(p.description)}</p>${Price({ amount: p.price * (1 - p.discount), currency: "EUR" })}<ul class="tags">${tags}</ul>${p.inStock ? `<button type="button" data-id="${esc(p.id)}">Add to cart</button>` : "<em>Sold out</em>"}</li>`;
};
const Layout = (p) =>
  `<div class="layout"><header><h1>${esc(p.title)}</h1><p>${esc(p.count)} products</p></header><main>${p.children}</main></div>`;
export const renderComponents = ({ title, products }) => {
  let items = "";
  for (const p of products) items += Card({ p });
  return Layout({ title, count: products.length, children: `<ul class="grid">${items}</ul>` });
};
