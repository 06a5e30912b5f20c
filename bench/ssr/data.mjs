// The page's data: 100 products, with characters that need escaping.
export const title = "Products & <offers>";
export const products = Array.from({ length: 100 }, (_, i) => ({
  id: "p" + i,
  name: `Item ${i} "deluxe" & co`,
  url: `/p/${i}?a=1&b=2`,
  price: 10 + i * 1.25,
  discount: (i % 4) / 10,
  inStock: i % 5 !== 0,
  description: `A <b>fine</b> thing number ${i}, made of river stone and winter paper, sold since 19${(i % 90) + 10}.`,
  tags: [
    { id: "a", label: "new", tone: "info" },
    { id: "b", label: "R&D", tone: "warn" },
    { id: "c", label: "top", tone: "ok" },
  ].slice(0, 1 + (i % 3)),
}));
