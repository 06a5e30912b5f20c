#!/usr/bin/env node
// Latency of a language server over stdio, with our own small client.
//   node lsp-latency.mjs --root PROJECT --ext astro --lang astro [--lines 150] [--mode push|pull|auto] [--init JSON] [--gap 50] -- SERVER ARG ...
// It opens the route of the project whose line count is nearest to --lines, waits for its first diagnostics, then
//  1. types 200 characters one by one (100 in the script block, 100 in the template), one didChange each, waiting for the
//     diagnostics of each version before the next one ("settled" typing): per-keystroke diagnostics latency;
//  2. types the same 200 characters again, one every --gap ms, without waiting, asking for completion at every 10th one: completion latency
//     while typing, and the time from the last keystroke to the diagnostics of the last version;
//  3. asks completion 50 times (after a `.` just typed) and hover 50 times on a quiet document;
//  4. introduces one type error and measures the time until a diagnostic for it is there, and until it is gone after the fix.
// Memory: sum of VmRSS over the server's process tree, sampled every 250 ms; the peak is printed. CPU: user+sys of the tree at the end.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, statSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
const cut = process.argv.indexOf("--"),
  cmd = process.argv.slice(cut + 1),
  opts = process.argv.slice(2, cut);
const arg = (k, d) => {
  const i = opts.indexOf("--" + k);
  return i < 0 ? d : opts[i + 1];
};
const root = resolve(arg("root")),
  ext = arg("ext"),
  lang = arg("lang", ext),
  mode = arg("mode", "auto"),
  gap = +arg("gap", 50),
  want = +arg("lines", 150),
  LIMIT = +arg("limit", 20000);
const list = (d) =>
  readdirSync(d).flatMap((n) => {
    const p = join(d, n);
    return statSync(p).isDirectory() ? list(p) : n.endsWith("." + ext) ? [p] : [];
  });
const src = join(root, "src");
const file = arg("file")
  ? resolve(arg("file"))
  : ["pages", "routes"]
      .map((d) => join(src, d))
      .filter(existsSync)
      .flatMap(list)
      .map((p) => [p, readFileSync(p, "utf8")])
      .filter(([, s]) => /getPost/.test(s) && /getProducts/.test(s))
      .map(([p, s]) => [Math.abs(s.split("\n").length - want), p])
      .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))[0][1];
let text = readFileSync(file, "utf8");
const uri = pathToFileURL(file).href;

// ---- json-rpc ---------------------------------------------------------------
const child = spawn(cmd[0], cmd.slice(1), { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
let err = "";
child.stderr.on("data", (d) => {
  err = (err + d).slice(-2000);
});
child.on("exit", (c) => {
  if (!closing) {
    console.error("server ended", c, err);
    process.exit(1);
  }
});
let closing = false,
  buf = Buffer.alloc(0),
  id = 0;
const wait = new Map(),
  waiters = new Set();
let diag = { at: 0, version: null, list: [], n: 0 };
const send = (m) => {
  const b = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...m }));
  child.stdin.write(`Content-Length: ${b.length}\r\n\r\n`);
  child.stdin.write(b);
};
const request = (method, params) =>
  new Promise((ok, no) => {
    const k = ++id;
    wait.set(k, { ok, no });
    send({ id: k, method, params });
  });
const notify = (method, params) => send({ method, params });
child.stdout.on("data", (d) => {
  buf = Buffer.concat([buf, d]);
  for (;;) {
    const h = buf.indexOf("\r\n\r\n");
    if (h < 0) return;
    const n = +/content-length: (\d+)/i.exec(buf.toString("latin1", 0, h))[1];
    if (buf.length < h + 4 + n) return;
    const m = JSON.parse(buf.toString("utf8", h + 4, h + 4 + n));
    buf = buf.subarray(h + 4 + n);
    if (m.method && m.id !== undefined) {
      // requests of the server
      const r =
        m.method === "workspace/configuration"
          ? m.params.items.map(() => null)
          : m.method === "workspace/diagnostic/refresh"
            ? (refresh++, null)
            : null;
      send({ id: m.id, result: r });
    } else if (m.method === "textDocument/publishDiagnostics") {
      if (m.params.uri === uri || decodeURIComponent(m.params.uri) === decodeURIComponent(uri)) {
        diag = {
          at: performance.now(),
          version: m.params.version ?? null,
          list: m.params.diagnostics,
          n: diag.n + 1,
        };
        for (const w of [...waiters]) w();
      }
    } else if (m.id !== undefined) {
      const w = wait.get(m.id);
      wait.delete(m.id);
      m.error ? w?.no(Object.assign(new Error(m.error.message), m.error)) : w?.ok(m.result);
    }
  }
});
let refresh = 0;
const until = (test, limit = LIMIT) =>
  new Promise((ok, no) => {
    if (test()) return ok(performance.now());
    const t = setTimeout(() => {
      waiters.delete(w);
      no(new Error("no diagnostics within " + limit + " ms"));
    }, limit);
    const w = () => {
      if (test()) {
        waiters.delete(w);
        clearTimeout(t);
        ok(performance.now());
      }
    };
    waiters.add(w);
  });
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

// ---- process tree -----------------------------------------------------------
function tree(pid) {
  const out = [pid];
  for (const t of (() => {
    try {
      return readdirSync(`/proc/${pid}/task`);
    } catch {
      return [];
    }
  })()) {
    try {
      for (const c of readFileSync(`/proc/${pid}/task/${t}/children`, "utf8")
        .trim()
        .split(" ")
        .filter(Boolean))
        out.push(...tree(+c));
    } catch {}
  }
  return out;
}
const rss = () =>
  tree(child.pid).reduce((n, p) => {
    try {
      return n + +(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${p}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return n;
    }
  }, 0) / 1024;
const cpu = () =>
  tree(child.pid).reduce((n, p) => {
    try {
      const f = readFileSync(`/proc/${p}/stat`, "utf8").split(") ")[1].split(" ");
      return n + (+f[11] + +f[12]) / 100;
    } catch {
      return n;
    }
  }, 0);
const busy = () => {
    const f = readFileSync("/proc/stat", "utf8").split("\n")[0].trim().split(/\s+/).slice(1).map(Number);
    return (f[0] + f[1] + f[2] + f[5] + f[6] + f[7]) / 100;
  },
  busy0 = busy();
let peak = 0;
const sampler = setInterval(() => {
  peak = Math.max(peak, rss());
}, 250);

// ---- run ----------------------------------------------------------------------
const stats = (a) => {
  if (!a.length) return null;
  const s = [...a].sort((x, y) => x - y),
    q = (p) => +s[Math.min(s.length - 1, Math.ceil(s.length * p) - 1)].toFixed(1);
  return { n: s.length, min: q(0.0001), p50: q(0.5), p95: q(0.95), p99: q(0.99), max: q(1) };
};
const out = {
  server: arg("name", cmd.join(" ").split("/").pop()),
  node: process.version,
  project_files: ["pages", "routes"]
    .map((d) => join(src, d))
    .filter(existsSync)
    .flatMap(list).length,
  doc_lines: text.split("\n").length,
  doc_bytes: Buffer.byteLength(text),
};
let version = 1,
  pull = false;
const pos = (off) => {
  const pre = text.slice(0, off);
  const line = pre.split("\n").length - 1;
  return { line, character: off - (pre.lastIndexOf("\n") + 1) };
};
let sync = 1;
const change = (off, del, ins) => {
  const range = { start: pos(off), end: pos(off + del) };
  text = text.slice(0, off) + ins + text.slice(off + del);
  version++;
  notify("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: sync === 2 ? [{ range, text: ins }] : [{ text }],
  });
};
// Time until diagnostics for the current version: the answer to a pull, or the next publish that is not for an older version.
async function diagnose(t0, n0) {
  if (pull) {
    for (;;) {
      try {
        const r = await request("textDocument/diagnostic", { textDocument: { uri } });
        diag = { ...diag, list: r.items ?? diag.list };
        return performance.now() - t0;
      } catch (e) {
        if (e.code !== -32802 && e.code !== -32801 && e.code !== -32800) throw e;
        await sleep(1);
      }
    }
  }
  return (await until(() => diag.n > n0 && (diag.version === null || diag.version >= version))) - t0;
}
async function main() {
  const t0 = performance.now();
  const r = await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: "bench" }],
    locale: "en",
    initializationOptions: JSON.parse(arg("init", "{}")),
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: false },
        ...(mode === "push" ? {} : { diagnostics: { refreshSupport: true } }),
      },
      textDocument: {
        synchronization: { didSave: true },
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        ...(mode === "push"
          ? {}
          : { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } }),
        completion: {
          completionItem: {
            snippetSupport: true,
            documentationFormat: ["markdown"],
            resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
          },
          contextSupport: true,
        },
        hover: { contentFormat: ["markdown"] },
      },
    },
  });
  out.initialize_ms = +(performance.now() - t0).toFixed(1);
  const s = r.capabilities.textDocumentSync;
  sync = typeof s === "number" ? s : (s?.change ?? 1);
  pull = mode === "pull" || (mode === "auto" && !!r.capabilities.diagnosticProvider);
  out.diagnostics = pull ? "pull" : "push";
  out.sync = sync === 2 ? "incremental" : "full";
  notify("initialized", {});
  let n = diag.n;
  notify("textDocument/didOpen", { textDocument: { uri, languageId: lang, version, text } });
  await diagnose(t0, n);
  out.init_to_first_diagnostics_ms = +(performance.now() - t0).toFixed(1);
  out.first_diagnostics = diag.list.length;
  out.first_messages = diag.list.slice(0, 2).map((d) => d.message.slice(0, 120));
  await sleep(2000);
  const rss0 = rss();
  out.rss_after_open_MB = +rss0.toFixed(0);

  const fences = [...text.matchAll(/^(---|<\/script>)/gm)].map((m) => m.index),
    scriptEnd =
      ext === "astro" || ext === "velox" ? fences[1] : text.indexOf("</script>", text.lastIndexOf("<script")),
    bodyStart = text.indexOf("<main"),
    bodyAt = text.indexOf("\n", bodyStart) + 1;
  const A =
      "const total9 = products.reduce((sum, p) => sum + p.price, 0);\nconst label9 = post.title.slice(0, 5);\n".slice(
        0,
        100,
      ),
    B =
      `<p class="extra">{products.length} items</p>\n<strong title="x">{post.title.toUpperCase()}</strong>\n<b>end</b>\n`.slice(
        0,
        100,
      );
  const bodyOff = bodyAt - text.length,
    typing = async (settled) => {
      const d = [],
        c = [],
        sentAt = [];
      let lastT = 0,
        n0 = 0;
      const pending = [];
      for (const [base, str] of [
        [scriptEnd, A],
        [text.length + A.length + bodyOff, B],
      ])
        for (let i = 0; i < str.length; i++) {
          n0 = diag.n;
          lastT = performance.now();
          change(base + i, 0, str[i]);
          if (settled) d.push(await diagnose(lastT, n0));
          else {
            if (i % 10 === 5) {
              const t = performance.now();
              pending.push(
                request("textDocument/completion", {
                  textDocument: { uri },
                  position: pos(base + i + 1),
                  context: { triggerKind: 1 },
                }).then(
                  () => c.push(performance.now() - t),
                  () => {},
                ),
              );
            }
            await sleep(gap);
          }
        }
      let tail = null;
      if (!settled) tail = await diagnose(lastT, n0).catch((e) => e.message);
      await Promise.all(pending);
      return { d, c, tail };
    };
  const orig = text,
    reset = async () => {
      const n1 = diag.n,
        t = performance.now();
      const lines = text.split("\n");
      const whole = text.length;
      change(0, whole, orig);
      await diagnose(t, n1).catch(() => {});
      await sleep(1500);
    };
  try {
    const a = await typing(true);
    out.keystroke_to_diagnostics_ms = stats(a.d);
  } catch (e) {
    out.keystroke_error = e.message;
  }
  await reset();
  try {
    const b = await typing(false);
    out.completion_while_typing_ms = stats(b.c);
    out.last_keystroke_to_diagnostics_ms = typeof b.tail === "number" ? +b.tail.toFixed(1) : b.tail;
  } catch (e) {
    out.typing_error = e.message;
  }
  await reset();
  // completion after a dot, each time with one fresh edit
  const comp = [],
    compN = [];
  change(bodyAt, 0, "<p>{post.}</p>\n");
  await sleep(1500);
  const at = bodyAt + "<p>{post.".length;
  for (let i = 0; i < 50; i++) {
    change(at - 1, 1, ".");
    const t = performance.now();
    const r2 = await request("textDocument/completion", {
      textDocument: { uri },
      position: pos(at),
      context: { triggerKind: 2, triggerCharacter: "." },
    }).catch(() => null);
    comp.push(performance.now() - t);
    compN.push((r2?.items ?? r2 ?? []).length);
    await sleep(20);
  }
  out.completion_after_edit_ms = stats(comp);
  out.completion_items = compN[compN.length - 1];
  await reset();
  const hov = [];
  let hovText = "";
  const ho = bodyAt + text.slice(bodyAt).search(/[{( ]products(\.| as )/) + 3;
  for (let i = 0; i < 50; i++) {
    const t = performance.now();
    const h = await request("textDocument/hover", { textDocument: { uri }, position: pos(ho) }).catch(
      () => null,
    );
    hov.push(performance.now() - t);
    hovText = JSON.stringify(h?.contents ?? null).slice(0, 160);
    await sleep(5);
  }
  out.hover_ms = stats(hov);
  out.hover_text = hovText;
  // one error in, one error out
  const inn = [],
    gone = [];
  for (let i = 0; i < 5; i++) {
    const bad = "const bad9: number = post.title;\n",
      had = (l) => l.some((x) => /not assignable/.test(x.message));
    let t = performance.now(),
      n1 = diag.n;
    change(scriptEnd, 0, bad);
    try {
      for (;;) {
        if (pull) await diagnose(t, n1);
        else await until(() => diag.n > n1);
        if (had(diag.list)) break;
        n1 = diag.n;
        if (performance.now() - t > LIMIT) throw new Error("never");
      }
      inn.push(performance.now() - t);
      await sleep(300);
      t = performance.now();
      n1 = diag.n;
      change(scriptEnd, bad.length, "");
      for (;;) {
        if (pull) await diagnose(t, n1);
        else await until(() => diag.n > n1);
        if (!had(diag.list)) break;
        n1 = diag.n;
        if (performance.now() - t > LIMIT) throw new Error("never");
      }
      gone.push(performance.now() - t);
      await sleep(300);
    } catch (e) {
      out.error_roundtrip_note = e.message;
      break;
    }
  }
  out.type_error_appears_ms = stats(inn);
  out.type_error_gone_ms = stats(gone);
  peak = Math.max(peak, rss());
  out.rss_peak_MB = +peak.toFixed(0);
  out.cpu_s = +cpu().toFixed(1);
  out.wall_s = +((performance.now() - t0) / 1000).toFixed(1);
  {
    const u = process.cpuUsage();
    out.others_cores = +Math.max(
      0,
      (busy() - busy0 - out.cpu_s - (u.user + u.system) / 1e6) / out.wall_s,
    ).toFixed(2);
  }
  console.log(JSON.stringify(out));
  closing = true;
  clearInterval(sampler);
  await Promise.race([request("shutdown", null).catch(() => {}), sleep(2000)]);
  notify("exit", null);
  await sleep(300);
  for (const p of tree(child.pid).reverse()) {
    try {
      process.kill(p);
    } catch {}
  }
  process.exit(0);
}
main().catch((e) => {
  console.log(JSON.stringify({ ...out, error: String(e.message ?? e), stderr: err.slice(-400) }));
  closing = true;
  for (const p of tree(child.pid).reverse()) {
    try {
      process.kill(p);
    } catch {}
  }
  process.exit(1);
});
