// Content types of static files by the end of their name.

const TYPES: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"], ["htm", "text/html; charset=utf-8"], ["css", "text/css; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"], ["mjs", "text/javascript; charset=utf-8"], ["json", "application/json; charset=utf-8"],
  ["webmanifest", "application/manifest+json; charset=utf-8"], ["xml", "application/xml; charset=utf-8"],
  ["rss", "application/rss+xml; charset=utf-8"], ["atom", "application/atom+xml; charset=utf-8"],
  ["txt", "text/plain; charset=utf-8"], ["md", "text/markdown; charset=utf-8"], ["csv", "text/csv; charset=utf-8"],
  ["svg", "image/svg+xml; charset=utf-8"], ["png", "image/png"], ["jpg", "image/jpeg"], ["jpeg", "image/jpeg"],
  ["gif", "image/gif"], ["webp", "image/webp"], ["avif", "image/avif"], ["ico", "image/x-icon"], ["bmp", "image/bmp"],
  ["woff", "font/woff"], ["woff2", "font/woff2"], ["ttf", "font/ttf"], ["otf", "font/otf"],
  ["mp4", "video/mp4"], ["webm", "video/webm"], ["mp3", "audio/mpeg"], ["ogg", "audio/ogg"], ["wav", "audio/wav"],
  ["pdf", "application/pdf"], ["zip", "application/zip"], ["gz", "application/gzip"], ["wasm", "application/wasm"],
]);

/** The type of a file name; bytes without a known end are sent as bytes. */
export function typeOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return (dot < 0 ? undefined : TYPES.get(name.slice(dot + 1).toLowerCase())) ?? "application/octet-stream";
}
