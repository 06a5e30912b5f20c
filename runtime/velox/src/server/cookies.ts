// Cookies of a request, and those that its response will set. Refuses names and values that would
// break out of the header, and sets safe attributes unless told otherwise.

/** Attributes of a cookie; `httpOnly`, `sameSite: "lax"` and `path: "/"` unless said otherwise. */
export interface CookieOptions {
  readonly path?: string;
  readonly domain?: string;
  /** Seconds. */
  readonly maxAge?: number;
  readonly expires?: Date;
  readonly httpOnly?: boolean;
  /** Set on https unless said otherwise. */
  readonly secure?: boolean;
  readonly sameSite?: "strict" | "lax" | "none";
  readonly partitioned?: boolean;
}

/** Cookies as a request brought them. */
export interface RequestCookies {
  get(name: string): string | undefined;
  has(name: string): boolean;
  entries(): [string, string][];
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const ATTRIBUTE = /^[\x20-\x3a\x3c-\x7e]*$/;

let seal: (cookies: Cookies) => void;

/** Refuses what is set from now on: the headers have been sent. */
export function sealCookies(cookies: Cookies): void {
  seal(cookies);
}

/** Cookies of one request and its response. */
export class Cookies implements RequestCookies {
  readonly #sent: Map<string, string>;
  readonly #secure: boolean;
  readonly #set = new Map<string, string>();
  #sealed = false;

  static {
    seal = (cookies) => void (cookies.#sealed = true);
  }

  constructor(header: string | null, secure: boolean) {
    this.#sent = parseCookies(header);
    this.#secure = secure;
  }

  /** The value, as the request has it or as it has been set since. */
  get(name: string): string | undefined {
    return this.#sent.get(name);
  }

  has(name: string): boolean {
    return this.#sent.has(name);
  }

  entries(): [string, string][] {
    return [...this.#sent];
  }

  /** Sets a cookie on the response. */
  set(name: string, value: string, options: CookieOptions = {}): void {
    this.#write(name, value, options);
    this.#sent.set(name, value);
  }

  /** Removes a cookie; `path` and `domain` must be those it was set with. */
  delete(name: string, options: Pick<CookieOptions, "path" | "domain"> = {}): void {
    this.#write(name, "", { ...options, maxAge: 0, expires: new Date(0) });
    this.#sent.delete(name);
  }

  /** The `Set-Cookie` values so far. */
  get changes(): readonly string[] {
    return [...this.#set.values()];
  }

  #write(name: string, value: string, options: CookieOptions): void {
    if (this.#sealed) {
      throw new Error(`cookie ${JSON.stringify(name)} cannot be set or deleted: the page's shell has been sent, and its headers with it; do it in the server block`);
    }
    if (!NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} cannot be the name of a cookie`);
    let line = name + "=" + encodeURIComponent(value);
    const add = (key: string, text: string): void => {
      if (!ATTRIBUTE.test(text)) throw new TypeError(`the ${key} of cookie ${JSON.stringify(name)} holds a forbidden character`);
      line += "; " + key + "=" + text;
    };
    const secure = options.secure ?? (this.#secure || options.sameSite === "none" || /^__(?:Secure|Host)-/i.test(name));
    add("Path", options.path ?? "/");
    if (options.domain !== undefined) add("Domain", options.domain);
    if (options.maxAge !== undefined) {
      if (!Number.isFinite(options.maxAge)) throw new TypeError(`the Max-Age of cookie ${JSON.stringify(name)} is no number`);
      add("Max-Age", String(Math.trunc(options.maxAge)));
    }
    if (options.expires !== undefined) add("Expires", options.expires.toUTCString());
    if (options.httpOnly !== false) line += "; HttpOnly";
    if (secure) line += "; Secure";
    add("SameSite", { strict: "Strict", lax: "Lax", none: "None" }[options.sameSite ?? "lax"]);
    if (options.partitioned === true) line += "; Partitioned";
    // The last one said about a cookie counts; another path or domain is another cookie.
    this.#set.set(`${name};${options.path ?? "/"};${options.domain ?? ""}`, line);
  }
}

/** The pairs of a `Cookie` header; the first of equal names wins, as it has the longer path. */
export function parseCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  if (header === null) return cookies;
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    if (name === "" || cookies.has(name)) continue;
    let value = pair.slice(equals + 1).trim();
    if (value.length > 1 && value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1);
    cookies.set(name, value.includes("%") ? decode(value) : value);
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
